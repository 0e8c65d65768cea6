import { setTimeout as sleep } from 'node:timers/promises';
import type { Engine, EngineModule } from '../../../sut/engine.js';
import { EMBEDDING_VALUES, INPUT_VALUES } from '../../../sut/networks/sphereface20.js';

/** What the first value of an image makes the engine do, instead of computing; the last, to write there when closed. */
export const ACT = { throwError: -1, exit: -2, never: -3, markClose: -4 } as const;
export const CLOSE_MARK = -5;
const ONE_DAY_MS = 86_400_000;

export const formats: EngineModule['formats'] = ['tflite'];
export const precisions: EngineModule['precisions'] = ['fp32'];

/** An engine for tests: an embedding is the image's first 512 values, doubled. The model's name may ask for more. */
export async function createEngine(model: { name: string }): Promise<Engine> {
  if (model.name === 'refused') throw new Error('this engine does not start');
  if (model.name === 'never created') await sleep(ONE_DAY_MS);
  let toMark: Float32Array | undefined;
  return {
    name: 'scripted',
    version: '1',
    precision: 'fp32',
    threads: 1,
    instructionSet: 'none',
    infer(inputs, outputs) {
      act(inputs[0] ?? 0);
      if (inputs[0] === ACT.markClose) toMark = inputs;
      for (let image = 0; image * INPUT_VALUES < inputs.length; image++) {
        const start = image * INPUT_VALUES;
        outputs.set(
          inputs.slice(start, start + EMBEDDING_VALUES).map((value) => 2 * value),
          image * EMBEDDING_VALUES,
        );
      }
    },
    async close() {
      toMark?.fill(CLOSE_MARK);
      if (model.name === 'never closed') await sleep(ONE_DAY_MS);
    },
  };
}

export async function checkUsable(): Promise<void> {}

function act(value: number): void {
  if (value === ACT.throwError) throw new Error('the engine broke');
  if (value === ACT.exit) process.exit(7);
  while (value === ACT.never);
}
