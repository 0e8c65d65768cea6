import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { sha256Of } from '../../platform/node/files.js';
import { isTruncated, truncateAccuracyLog } from '../../submission/truncateAccuracyLog.js';
import { newFolder } from './submissionFolders.js';

const length = fc.oneof(
  fc.constantFrom(0, 1, 4095, 4096, 4097, 8191, 8192, 8193, 8199, 10_240),
  fc.integer({ min: 0, max: 30_000 }),
);
const file = join(newFolder(), 'mlperf_log_accuracy.json');

test('a log of any length becomes both ends of it, or stays as it is', async () => {
  await fc.assert(
    fc.asyncProperty(length, fc.string({ minLength: 1, maxLength: 40 }), async (bytes, seed) => {
      const original = Buffer.alloc(bytes, seed);
      writeFileSync(file, original);
      const { content, sha256 } = await truncateAccuracyLog(file);
      const ends = Buffer.concat([original.subarray(0, 4096), Buffer.from('\n\n...\n\n'), original.subarray(-4096)]);
      assert.deepEqual(content, bytes < 4096 ? original : ends);
      assert.equal(sha256, sha256Of(original));
      assert.ok(isTruncated(content, sha256));
    }),
  );
});

test('other bytes are not taken for both ends', () => {
  const ends = Buffer.concat([Buffer.alloc(4096, 'a'), Buffer.from('\n\n...\n\n'), Buffer.alloc(4096, 'b')]);
  const digest = sha256Of('any');
  assert.ok(isTruncated(ends, digest));
  assert.ok(!isTruncated(ends.subarray(1), digest));
  assert.ok(!isTruncated(Buffer.concat([ends, Buffer.from('c')]), digest));
  assert.ok(!isTruncated(Buffer.alloc(ends.length, 'a'), digest));
  assert.ok(!isTruncated(Buffer.from('[]'), digest));
});
