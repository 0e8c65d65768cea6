import assert from 'node:assert/strict';
import { test } from 'node:test';
import { elementAt } from '../../base/elementAt.js';

test('gives the element at an index', () => assert.equal(elementAt(new Uint8Array([7, 8]), 1), 8));

for (const index of [-1, 2, 0.5, Number.NaN]) {
  test(`refuses index ${index} of an array of two`, () =>
    assert.throws(() => elementAt([1, 2], index), { name: 'RangeError', message: /outside an array of 2 elements/ }));
}
