import assert from 'node:assert/strict';
import { test } from 'node:test';
import { messageOf } from '../../../base/errors.js';
import { checkUsable, createEngine, formats } from '../../../sut/engines/tfliteNative.js';
import { loadModel } from '../../../sut/loadModel.js';
import { referenceFaces } from '../referenceFaces.js';

const unusable = await checkUsable().then(() => false, messageOf);

test('computes the same bits in pairs, one by one, and in two threads', { skip: unusable }, async () => {
  const model = await loadModel({ formats });
  const inputs = referenceFaces().inputs.subarray(0, 5 * 112 * 96 * 3);
  const imageValues = inputs.length / 5;
  const found = await Promise.all(
    [1, 2].map(async (threads) => {
      const engine = await createEngine(model, { precision: 'fp32', threads });
      assert.equal(engine.threads, threads);
      const together = new Float32Array(5 * 512);
      await engine.infer(inputs, together);
      const alone = together.map(() => Number.NaN);
      for (let i = 0; i < 5; i++) {
        await engine.infer(
          inputs.subarray(i * imageValues, (i + 1) * imageValues),
          alone.subarray(i * 512, (i + 1) * 512),
        );
      }
      await engine.close();
      return [together, alone];
    }),
  );
  const [first, ...others] = found.flat();
  for (const other of others) assert.deepEqual(other, first);
});
