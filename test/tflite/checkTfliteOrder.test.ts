import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkTfliteOrder } from '../../tflite/checkTfliteOrder.js';
import { writeTflite } from '../../tflite/writeTflite.js';

/** Two sums one after the other, of which the first takes `tensor` twice. */
function sums(tensor: number): Uint8Array {
  const tensors = ['image', 'sum', 'result'].map((name) => ({ name, shape: [1] }));
  const operators = [
    { type: 'ADD' as const, inputs: [tensor, tensor], outputs: [1] },
    { type: 'ADD' as const, inputs: [1, 1], outputs: [2] },
  ];
  return writeTflite({ description: 'test', tensors, operators, inputs: [0], outputs: [2] });
}

test('operators in their order are accepted', () => checkTfliteOrder(sums(0), 'a.tflite'));

for (const [tensor, message] of [
  [1, /operator 0 \(ADD\) takes tensor 1, which operator 0 computes/],
  [2, /operator 0 \(ADD\) takes tensor 2, which operator 1 computes/],
  [3, /an operand of operator 0 \(ADD\) is tensor 3, expected one below 3/],
  [-2, /is tensor -2/],
] as const) {
  test(`an operator that takes tensor ${tensor} is refused`, () => {
    assert.throws(() => checkTfliteOrder(sums(tensor), 'a.tflite'), { code: 'TFLITE_FORMAT', message });
  });
}
