// What is to be measured, as a service: POST the float32 values of any number of images, get their embeddings.
//   node server.js 8080        (0 takes a port that is free)
import { once } from 'node:events';
import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { inputValuesOf, networkNamed } from 'sphereface-loadgen/sut';
import plugin from '../own-engine/engine.js';

const network = networkNamed('sphereface20').shape;
const imageValues = inputValuesOf(network);
const engine = await plugin.createEngine(
  // The toy needs no weights; loadModel({ formats }) gives those of Sphereface-20.
  { name: 'none', network, format: 'safetensors', files: [{ name: 'none', content: new Uint8Array() }] },
  { precision: 'fp32', threads: 1 },
);

const server = createServer(async (request, response) => {
  try {
    const body = await buffer(request);
    const inputs = new Float32Array(new Uint8Array(body).buffer);
    const outputs = new Float32Array((inputs.length / imageValues) * network.embeddingValues);
    await engine.infer(inputs, outputs);
    response.end(Buffer.from(outputs.buffer));
  } catch (thrown) {
    response.writeHead(500).end(String(thrown));
  }
});
server.listen(Number(process.argv[2] ?? 8080), '127.0.0.1');
await once(server, 'listening');
console.log(`http://127.0.0.1:${server.address().port}`);
