import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { concatBytes, elementAt } from '../../base/arrays.js';

test('gives the element at an index', () => assert.equal(elementAt(new Uint8Array([7, 8]), 1), 8));

for (const index of [-1, 2, 0.5, Number.NaN]) {
  test(`refuses index ${index} of an array of two`, () =>
    assert.throws(() => elementAt([1, 2], index), { name: 'RangeError', message: /outside an array of 2 elements/ }));
}

test('bytes follow one another, in memory that is theirs alone', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array()), (parts) => {
      const joined = concatBytes(parts);
      assert.deepEqual(
        [...joined],
        parts.flatMap((part) => [...part]),
      );
      assert.equal(joined.buffer.byteLength, joined.length);
    }),
  );
});
