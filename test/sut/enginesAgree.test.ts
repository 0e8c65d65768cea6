/** All engines that can run here, each with the model that is emitted for it, on photographs. */
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { messageOf } from '../../base/errors.js';
import { openDataset } from '../../qsl/openDataset.js';
import type { EngineModule } from '../../sut/engine.js';
import { ENGINES, importEngine } from '../../sut/engines/index.js';
import { loadModel } from '../../sut/loadModel.js';
import { networkInputOf } from '../../sut/networks/network.js';
import { EMBEDDING_VALUES, INPUT_VALUES, SPHEREFACE20_NETWORK } from '../../sut/networks/sphereface20.js';
import { lfwFolder, needsLfw } from '../lfw.js';
import { temporaryCache } from '../qsl/folders.js';
import { cosine } from './cosine.js';

const PAIRS = 10;
const IMAGES = 2 * PAIRS;
/** This one takes seconds for each. */
const IMAGES_OF_SLOW_ENGINES = new Map([['tfjs-cpu', 1]]);

test('engines give the same embeddings of real faces', needsLfw, async (t) => {
  const images = await realFaces(t);
  const expected = await embeddingsOf(await importEngine(moduleOf('tfjs-tflite')), images);
  for (const { name, module } of ENGINES) {
    await t.test(name, async (engineTest) => {
      const engine = await importEngine(module.href);
      try {
        await engine.checkUsable();
      } catch (thrown) {
        engineTest.skip(messageOf(thrown));
        return;
      }
      const count = IMAGES_OF_SLOW_ENGINES.get(name) ?? IMAGES;
      const found = await embeddingsOf(engine, images.subarray(0, count * INPUT_VALUES));
      for (let image = 0; image < count; image++) {
        const [a, b] = [found, expected].map((all) =>
          all.subarray(image * EMBEDDING_VALUES, (image + 1) * EMBEDDING_VALUES),
        );
        assert.ok(a !== undefined && b !== undefined && cosine(a, b) >= 0.99999, `image ${image}`);
      }
      const largest = found.reduce(
        (most, value, i) => Math.max(most, Math.abs(value - (expected[i] ?? Number.NaN))),
        0,
      );
      assert.ok(largest < 0.005, `largest difference ${largest}, of norms of about 400`);
      engineTest.diagnostic(`${count} faces, largest difference ${largest.toExponential(1)}`);
    });
  }
});

async function realFaces(t: TestContext): Promise<Float32Array> {
  const { library } = await openDataset({
    ...networkInputOf(SPHEREFACE20_NETWORK),
    dataset: lfwFolder ?? '',
    cacheFolder: await temporaryCache(t),
    pairs: PAIRS,
  });
  const pairs = Array.from({ length: PAIRS }, (_, index) => index);
  library.loadSamplesToRam(pairs);
  const loaded = new Float32Array(library.shared);
  const images = new Float32Array(IMAGES * INPUT_VALUES);
  for (const pair of pairs) {
    for (const [position, image] of [0, 2].entries()) {
      const start = library.offsetOf(pair) + image * INPUT_VALUES;
      images.set(loaded.subarray(start, start + INPUT_VALUES), (2 * pair + position) * INPUT_VALUES);
    }
  }
  return images;
}

async function embeddingsOf({ createEngine, formats }: EngineModule, images: Float32Array): Promise<Float32Array> {
  const engine = await createEngine(await loadModel({ formats }), { precision: 'fp32', threads: 1 });
  const embeddings = new Float32Array((images.length / INPUT_VALUES) * EMBEDDING_VALUES);
  await engine.infer(images, embeddings);
  await engine.close();
  return embeddings;
}

function moduleOf(name: string): string {
  const entry = ENGINES.find((known) => known.name === name);
  assert.ok(entry);
  return entry.module.href;
}
