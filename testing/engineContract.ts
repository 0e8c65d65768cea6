import assert from 'node:assert/strict';
import { availableParallelism } from 'node:os';
import { inputValuesOf } from '../base/pairLayout.js';
import type { Engine, EngineModel, EngineModule, EngineOptions, Precision } from '../sut/engine.js';
import { loadModel } from '../sut/loadModel.js';
import { checkEngine } from '../sut/plugins/checkPlugin.js';
import { assertSimilar } from './assertSimilar.js';
import type { ContractCase } from './contractCase.js';
import { assertNothingLeft } from './leftovers.js';
import { randomImages } from './randomImages.js';

export interface EngineContractOptions {
  /** The network of this project, in the engine's first format, if left out. */
  readonly model?: EngineModel;
  /** The engine's first one if left out. */
  readonly precision?: Precision;
  /** Embeddings of one image may differ by this part of their largest value; 0, none at all, if left out. */
  readonly tolerance?: number;
}

const IMAGE_COUNT = 4;

/** The rules that every engine keeps, as cases for any test runner; each makes engines of its own. */
export function engineContract(
  module: EngineModule,
  { model, precision = module.precisions[0], tolerance = 0 }: EngineContractOptions = {},
): ContractCase[] {
  /** Gives `action` an engine, its model and four different images, and closes the engine. */
  async function run(action: (tools: Tools) => Promise<void>, options: Partial<EngineOptions> = {}): Promise<void> {
    const loaded = model ?? (await loadModel({ formats: module.formats, precision }));
    const engine = await module.createEngine(loaded, { precision, threads: 1, ...options });
    try {
      await action(toolsOf(engine, loaded));
    } finally {
      await engine.close();
    }
  }

  return [
    {
      name: 'passes its own check',
      run: () => module.checkUsable(),
    },
    {
      name: 'says what it is, with the precision it was asked for',
      run: () =>
        run(async ({ engine }) => {
          checkEngine(engine, 'the module');
          assert.equal(engine.precision, precision);
        }),
    },
    {
      name: 'fills all outputs with numbers',
      run: () =>
        run(async ({ images, embed }) => {
          const index = (await embed(images)).findIndex((value) => !Number.isFinite(value));
          assert.equal(index, -1, `value ${index} of the outputs`);
        }),
    },
    {
      name: 'gives different images different embeddings',
      run: () =>
        run(async ({ imageAt, embed }) => {
          assert.notDeepEqual(await embed(imageAt(0)), await embed(imageAt(1)));
        }),
    },
    {
      name: 'gives an image the same embedding alone and anywhere in a batch',
      run: () =>
        run(async ({ images, imageAt, embed, embeddingAt }) => {
          const together = await embed(images);
          for (let image = 0; image < IMAGE_COUNT; image++)
            assertSimilar(
              embeddingAt(together, image),
              await embed(imageAt(image)),
              tolerance,
              `image ${image} of four`,
            );
          const lastTwo = await embed(imageAt(2, 2));
          assertSimilar(embeddingAt(lastTwo, 1), embeddingAt(together, 3), tolerance, 'image 1 of two');
        }),
    },
    {
      name: 'gives an image the same embedding whatever was computed before',
      run: () =>
        run(async ({ images, imageAt, embed }) => {
          const first = await embed(imageAt(0));
          await embed(images);
          assertSimilar(await embed(imageAt(0)), first, tolerance, 'the second time');
        }),
    },
    {
      name: 'gives the same embeddings in engines side by side',
      run: () =>
        run(async (one) => {
          const alone = await one.embed(one.imageAt(0));
          await run(async (other) => {
            await other.embed(other.imageAt(1));
            assertSimilar(await one.embed(one.imageAt(0)), alone, tolerance, 'beside another engine');
            assertSimilar(await other.embed(other.imageAt(0)), alone, tolerance, 'of the other engine');
          });
        }),
    },
    {
      name: 'gives the same embeddings with more threads',
      run: () =>
        run(async (one) => {
          const expected = await one.embed(one.images);
          await run(async (other) => assertSimilar(await other.embed(other.images), expected, tolerance, 'with more'), {
            threads: Math.min(2, availableParallelism()),
          });
        }),
    },
    {
      name: 'writes nothing beside the outputs it is given',
      run: () =>
        run(async ({ engine, imageAt, embeddingValues }) => {
          const memory = new Float32Array(3 * embeddingValues).fill(GUARD);
          await engine.infer(imageAt(0), memory.subarray(embeddingValues, 2 * embeddingValues));
          const beside = [...memory.subarray(0, embeddingValues), ...memory.subarray(2 * embeddingValues)];
          assert.ok(
            beside.every((value) => value === GUARD),
            'memory before or behind the outputs is changed',
          );
        }),
    },
    {
      name: 'leaves the inputs as they are',
      run: () =>
        run(async ({ images, embed }) => {
          const before = images.slice();
          await embed(images);
          assert.deepEqual(images, before);
        }),
    },
    {
      name: 'throws at inputs that are no whole number of images',
      run: () =>
        run(async ({ engine, images, embeddingValues }) => {
          const outputs = new Float32Array(embeddingValues);
          await assertThrows(() => engine.infer(images.subarray(0, images.length / IMAGE_COUNT - 1), outputs));
        }),
    },
    {
      name: 'throws at outputs too short for the images',
      run: () =>
        run(async ({ engine, imageAt, embeddingValues }) => {
          await assertThrows(() => engine.infer(imageAt(0), new Float32Array(embeddingValues - 1)));
        }),
    },
    {
      name: 'writes nothing after close',
      async run() {
        let outputs = new Float32Array(0);
        await run(async ({ engine, images, embeddingValues }) => {
          outputs = new Float32Array(IMAGE_COUNT * embeddingValues);
          // Not awaited: the engine is closed meanwhile, and nobody waits for the result any more.
          void Promise.resolve(engine.infer(images, outputs)).catch(() => {});
        });
        const atClose = outputs.slice();
        await pause();
        assert.deepEqual(outputs, atClose);
      },
    },
    {
      name: 'keeps nothing running after close',
      run: () => assertNothingLeft(() => run(async ({ images, embed }) => void (await embed(images)))),
    },
  ];
}

interface Tools {
  readonly engine: Engine;
  readonly embeddingValues: number;
  /** Four of them, in shared memory. */
  readonly images: Float32Array;
  /** A view on one image of the four, or on several. */
  imageAt(first: number, count?: number): Float32Array;
  embeddingAt(embeddings: Float32Array, image: number): Float32Array;
  /** The embeddings of images, in memory that held no numbers before. */
  embed(images: Float32Array): Promise<Float32Array>;
}

/** Nothing that a network computes. */
const GUARD = 123_456;

function toolsOf(engine: Engine, { network }: EngineModel): Tools {
  const imageValues = inputValuesOf(network);
  const { embeddingValues } = network;
  const images = randomImages(IMAGE_COUNT * imageValues);
  return {
    engine,
    embeddingValues,
    images,
    imageAt: (first, count = 1) => images.subarray(first * imageValues, (first + count) * imageValues),
    embeddingAt: (embeddings, image) => embeddings.subarray(image * embeddingValues, (image + 1) * embeddingValues),
    async embed(given) {
      const outputs = new Float32Array((given.length / imageValues) * embeddingValues).fill(Number.NaN);
      await engine.infer(given, outputs);
      return outputs;
    },
  };
}

async function assertThrows(infer: () => void | Promise<void>): Promise<void> {
  await assert.rejects(async () => infer(), 'it returned, expected an error');
}

/** Long enough for an inference that was under way to show what it still writes. */
function pause(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 50);
  });
}
