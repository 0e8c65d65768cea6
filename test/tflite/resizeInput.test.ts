import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { LoadGenError } from '../../base/errors.js';
import { openTfliteModel } from '../../tflite/openTfliteModel.js';
import { resizeInput } from '../../tflite/resizeInput.js';
import { preluModel } from './preluModel.js';

const bytes = preluModel([1, 4, 4, 2], [0.5, 2]);

test('a resized model takes and gives images of the new size; the original stays as it was', async () => {
  const before = bytes.slice();
  const model = await openTfliteModel(resizeInput(bytes, [1, 2, 3, 2]));
  assert.deepEqual(
    [model.inputs[0]?.shape, model.outputs[0]?.shape],
    [
      [1, 2, 3, 2],
      [1, 2, 3, 2],
    ],
  );
  model.inputs[0]?.data().fill(-1);
  model.invoke();
  assert.deepEqual(
    [...(model.outputs[0]?.data() ?? [])],
    Array.from({ length: 12 }, (_, i) => (i % 2 === 0 ? -0.5 : -2)),
  );
  model.close();
  assert.deepEqual(bytes, before);
});

for (const [what, shape, message] of [
  ['another rank', [1, 2, 3], /is 1 x 4 x 4 x 2, which cannot become 1 x 2 x 3: the rank differs/],
  ['a size of zero', [1, 0, 3, 2], /cannot have the input shape 1 x 0 x 3 x 2/],
  ['a negative size', [1, -1, 3, 2], /cannot have the input shape/],
  ['a fraction', [1, 1.5, 3, 2], /cannot have the input shape/],
] as const) {
  test(`refuses ${what}`, () =>
    assert.throws(() => resizeInput(bytes, shape, 'x.tflite'), { code: 'TFLITE_SHAPE', message }));
}

for (const [what, content] of [
  ['text', Buffer.from('once upon a time')],
  ['the identifier and no more', Buffer.from('....TFL3')],
  ['a damaged file', Buffer.concat([bytes.subarray(0, 8), Buffer.alloc(200, 0xff)])],
] as const) {
  test(`refuses ${what}`, () =>
    assert.throws(() => resizeInput(content, [1, 2, 3, 2], 'x.tflite'), {
      code: 'TFLITE_FORMAT',
      message: /x\.tflite/,
    }));
}

test('whatever byte of a model is changed, it is resized or refused, never anything else', () => {
  fc.assert(
    fc.property(fc.nat(bytes.length - 1), fc.nat(255), (position, value) => {
      const changed = bytes.slice();
      changed[position] = value;
      try {
        resizeInput(changed, [1, 2, 3, 2]);
      } catch (thrown) {
        assert.ok(thrown instanceof LoadGenError, String(thrown));
      }
    }),
    { numRuns: 1000 },
  );
});
