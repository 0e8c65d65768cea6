import assert from 'node:assert/strict';
import type { EngineModel, EngineModule, Precision } from '../sut/engine.js';
import { loadModel } from '../sut/loadModel.js';
import { checkEngine } from '../sut/plugins/checkPlugin.js';
import { type ContractCase, contractCases, pause, type Rules } from './contractCase.js';
import { embeddingRules } from './embeddingRules.js';
import { IMAGE_COUNT, toolsOf, type WithEngine } from './engineTools.js';
import { assertNothingLeft } from './leftovers.js';

export interface EngineContractOptions {
  /** By default, the network of this project in the engine's first format. */
  readonly model?: EngineModel;
  /** By default, the engine's first one. */
  readonly precision?: Precision;
  /** Embeddings of one image may differ by this part of their largest value. Default: 0, the same bits. */
  readonly tolerance?: number;
}

/** Nothing that a network computes. */
const GUARD = 123_456;

/** The rules that every engine keeps, as cases for any test runner. */
export function engineContract(
  module: EngineModule,
  { model, precision = module.precisions[0], tolerance = 0 }: EngineContractOptions = {},
): ContractCase[] {
  let loading = model && Promise.resolve(model);
  const withEngine: WithEngine = async (action, options = {}) => {
    // Once for all rules, since it takes longer than most of them.
    loading ??= loadModel({ formats: module.formats, precision });
    const loaded = await loading;
    const engine = await module.createEngine(loaded, { precision, threads: 1, ...options });
    try {
      await action(toolsOf(engine, loaded));
    } finally {
      await engine.close();
    }
  };

  return contractCases({
    'passes its own check': () => module.checkUsable(),
    'says what it is, with the precision it was asked for': () =>
      withEngine(async ({ engine }) => {
        checkEngine(engine, 'the module');
        assert.equal(engine.precision, precision);
      }),
    ...embeddingRules(withEngine, tolerance),
    ...memoryRules(withEngine),
    ...closingRules(withEngine),
  });
}

function memoryRules(withEngine: WithEngine): Rules {
  return {
    'writes nothing beside the outputs it is given': () =>
      withEngine(async ({ engine, imageAt, embeddingValues }) => {
        const memory = new Float32Array(3 * embeddingValues).fill(GUARD);
        await engine.infer(imageAt(0), memory.subarray(embeddingValues, 2 * embeddingValues));
        const beside = [...memory.subarray(0, embeddingValues), ...memory.subarray(2 * embeddingValues)];
        assert.ok(
          beside.every((value) => value === GUARD),
          'memory before or behind the outputs is changed',
        );
      }),
    'leaves the inputs as they are': () =>
      withEngine(async ({ images, embed }) => {
        const before = images.slice();
        await embed(images);
        assert.deepEqual(images, before);
      }),
    'throws at inputs that are no whole number of images': () =>
      withEngine(async ({ engine, images, embeddingValues }) => {
        const outputs = new Float32Array(embeddingValues);
        await assertThrows(() => engine.infer(images.subarray(0, images.length / IMAGE_COUNT - 1), outputs));
      }),
    'throws at outputs too short for the images': () =>
      withEngine(async ({ engine, imageAt, embeddingValues }) => {
        await assertThrows(() => engine.infer(imageAt(0), new Float32Array(embeddingValues - 1)));
      }),
  };
}

function closingRules(withEngine: WithEngine): Rules {
  return {
    async 'writes nothing after close'() {
      let outputs = new Float32Array(0);
      await withEngine(async ({ engine, images, embeddingValues }) => {
        outputs = new Float32Array(IMAGE_COUNT * embeddingValues);
        // Not awaited: the engine is closed meanwhile, and nobody waits for the result any more.
        void Promise.resolve(engine.infer(images, outputs)).catch(() => {});
      });
      const atClose = outputs.slice();
      await pause();
      assert.deepEqual(outputs, atClose);
    },
    'keeps nothing running after close': () =>
      assertNothingLeft(() => withEngine(async ({ images, embed }) => void (await embed(images)))),
  };
}

async function assertThrows(infer: () => void | Promise<void>): Promise<void> {
  const hasReturned = await Promise.resolve()
    .then(infer)
    .then(
      () => true,
      () => false,
    );
  assert.ok(!hasReturned, 'infer returned, expected an error');
}
