import assert from 'node:assert/strict';
import { test } from 'node:test';
import { READERS } from './readers/index.js';
import { MAX_BYTES, tallyReader } from './tallyReader.js';

/** The short form of `npm run damage`. */
const COPIES = { engine: 30, other: 100 };
const SEED = 1;

for (const reader of READERS) {
  test(`damaged files are read or refused: ${reader.name}`, async () => {
    const copies = reader.isEngine ? COPIES.engine : COPIES.other;
    const { failures, contained, peakBytes, accepted, refused } = await tallyReader(reader, {
      seed: SEED,
      first: 0,
      copies,
    });
    assert.deepEqual(failures, []);
    assert.ok(peakBytes < MAX_BYTES, `it took ${peakBytes} bytes of memory`);
    const refusals = [...refused.values()].reduce((sum, count) => sum + count, 0);
    assert.equal(accepted + refusals + contained.length, copies);
  });
}
