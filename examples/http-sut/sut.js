// A system under test behind HTTP. Start the server, then
//   SUT_URL=http://127.0.0.1:8080 npx loadgen run --quick --sut ./sut.js
import { defineSystemUnderTest, imagesAt, PAIR_IMAGES } from 'sphereface-loadgen/sut';

export default defineSystemUnderTest({
  interfaceVersion: 1,
  kind: 'systemUnderTest',
  name: 'http',

  async createSystemUnderTest({ inputs, network, modelFile, precision }) {
    const url = process.env.SUT_URL;
    if (url === undefined) throw new Error('the environment variable SUT_URL is not set');
    if (modelFile !== undefined) throw new Error('the server has its model: --model is not for this system');
    if (precision !== undefined && precision !== 'fp32') throw new Error(`the server does not compute in ${precision}`);
    const closing = new AbortController();

    /** The embeddings of a pair's four images. */
    async function askServer(index) {
      const images = imagesAt(inputs.shared, inputs.offsetOf(index), PAIR_IMAGES, network);
      // Copied: fetch takes no shared memory.
      const response = await fetch(url, { method: 'POST', body: images.slice(), signal: closing.signal });
      if (!response.ok) throw new Error(`the server answers ${response.status}: ${await response.text()}`);
      return new Uint8Array(await response.arrayBuffer());
    }

    return {
      name: 'average pooling behind HTTP',
      // Goes into the logs: nothing here that is not to be published.
      configuration: { engine: 'average-pooling', transport: 'HTTP' },
      issueQuery(samples, responder) {
        for (const { id, index } of samples) {
          // No completion time is given: that of the call counts, so that the way over the network does.
          askServer(index).then(
            (data) => responder.querySamplesComplete([{ id, data }]),
            (error) => responder.fail(error),
          );
        }
      },
      flushQueries() {},
      async close() {
        closing.abort(new Error('the system was closed before the server answered'));
      },
    };
  },
});
