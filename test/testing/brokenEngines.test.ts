import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inputValuesOf } from '../../base/pairLayout.js';
import type { Engine, EngineModel, EngineModule } from '../../sut/engine.js';
import { imageCountOf } from '../../sut/imageGroups.js';
import { engineContract } from '../../testing/index.js';
import { smallModel } from '../sut/engines/smallModel.js';
import { failingCases } from './failingCases.js';

const model = smallModel(1);
const { network } = model;
const imageValues = inputValuesOf(network);
const leftTimers: NodeJS.Timeout[] = [];
let engines = 0;

const ALONE = 'gives an image the same embedding alone and anywhere in a batch';
const BEFORE = 'gives an image the same embedding whatever was computed before';

for (const [what, changes, expected] of [
  ['keeps all rules', () => ({}), []],
  [
    'computes in another precision than it was asked for',
    () => ({ precision: 'int8' }),
    ['says what it is, with the precision it was asked for'],
  ],
  [
    'leaves the last output as it was',
    (sound) => ({
      infer(inputs, outputs) {
        const last = outputs.at(-1) ?? 0;
        sound(inputs, outputs);
        outputs[outputs.length - 1] = last;
      },
    }),
    [
      'fills all outputs with numbers',
      ALONE,
      BEFORE,
      'gives the same embeddings in engines side by side',
      'gives the same embeddings with more threads',
    ],
  ],
  [
    'swallows errors, and gives zeros',
    (sound) => ({
      infer(inputs, outputs) {
        try {
          sound(inputs, outputs);
        } catch {
          outputs.fill(0);
        }
      },
    }),
    ['throws at inputs that are no whole number of images', 'throws at outputs too short for the images'],
  ],
  [
    'gives all images one embedding',
    (sound) => ({
      infer(inputs, outputs) {
        sound(inputs, outputs);
        outputs.fill(1);
      },
    }),
    ['gives different images different embeddings'],
  ],
  [
    'has results that depend on the batch',
    (sound) => ({
      infer(inputs, outputs) {
        sound(inputs, outputs);
        if (outputs.length > network.embeddingValues) outputs[0] = 7;
      },
    }),
    [ALONE],
  ],
  [
    'has results that depend on what it computed before',
    (sound) => {
      let calls = 0;
      return {
        infer(inputs, outputs) {
          sound(inputs, outputs);
          if (++calls === 3) outputs[0] = 7;
        },
      };
    },
    [ALONE, BEFORE],
  ],
  [
    'has results that depend on threads',
    (sound, threads) => ({
      threads,
      infer(inputs, outputs) {
        sound(inputs, outputs);
        if (threads > 1) outputs[0] = 7;
      },
    }),
    ['gives the same embeddings with more threads'],
  ],
  [
    "writes another engine's outputs",
    (sound) => {
      const number = ++engines;
      return {
        infer(inputs, outputs) {
          sound(inputs, outputs);
          if (number < engines) outputs[0] = 7;
        },
      };
    },
    ['gives the same embeddings in engines side by side'],
  ],
  [
    'writes in front of its outputs',
    (sound) => ({
      infer(inputs, outputs) {
        sound(inputs, outputs);
        if (outputs.byteOffset > 0) new Float32Array(outputs.buffer)[0] = 7;
      },
    }),
    ['writes nothing beside the outputs it is given'],
  ],
  [
    'changes its inputs',
    (sound) => ({
      infer(inputs, outputs) {
        sound(inputs, outputs);
        if (inputs.length === 4 * imageValues) inputs[inputs.length - 1] = 0;
      },
    }),
    ['leaves the inputs as they are'],
  ],
  [
    'writes after close',
    (sound) => ({
      infer: (inputs, outputs) =>
        new Promise((resolve, reject) => {
          setImmediate(() => {
            try {
              resolve(sound(inputs, outputs));
            } catch (thrown) {
              reject(thrown);
            }
          });
        }),
    }),
    ['writes nothing after close'],
  ],
  [
    'leaves a timer running',
    () => ({ close: () => void leftTimers.push(setInterval(() => {}, 60_000)) }),
    ['keeps nothing running after close'],
  ],
] satisfies [string, (sound: typeof infer, threads: number) => Partial<Engine>, string[]][]) {
  test(`an engine that ${what} fails ${expected.length} cases: ${expected.join(', ')}`, async (t) => {
    t.after(() => leftTimers.splice(0).forEach(clearInterval));
    assert.deepEqual(await failingCases(engineContract(moduleOf(changes), { model })), expected);
  });
}

test('an engine that does not run here fails its own check', async () => {
  const module: EngineModule = {
    ...moduleOf(() => ({})),
    checkUsable: () => Promise.reject(new Error('no library')),
  };
  assert.deepEqual(await failingCases(engineContract(module, { model })), ['passes its own check']);
});

function moduleOf(changes: (sound: typeof infer, threads: number) => Partial<Engine>): EngineModule {
  return {
    formats: ['tflite'],
    precisions: ['fp32'],
    async checkUsable() {},
    createEngine: async (_: EngineModel, { precision, threads }) => ({
      name: 'prefixes',
      version: '1',
      precision,
      threads: 1,
      instructionSet: 'none',
      infer,
      close() {},
      ...changes(infer, threads),
    }),
  };
}

/** Embeds an image as the first of its values. */
function infer(inputs: Float32Array, outputs: Float32Array): void {
  const { embeddingValues } = network;
  for (let image = 0; image < imageCountOf(network, inputs, outputs); image++) {
    const start = image * imageValues;
    outputs.set(inputs.subarray(start, start + embeddingValues), image * embeddingValues);
  }
}
