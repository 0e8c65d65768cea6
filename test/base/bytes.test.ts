import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { concatBytes } from '../../base/bytes.js';

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
