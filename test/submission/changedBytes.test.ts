import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { checkSubmission } from '../../submission/checkSubmission.js';
import { listTree } from '../../submission/tree.js';
import { newRun, newTree } from './submissionFolders.js';

test('whatever bytes change in a tree, the check ends with findings or without, and never fails', async () => {
  const tree = await newTree('closed', await newRun());
  const files = [...(await listTree(tree))].filter(([, { kind }]) => kind === 'file').map(([path]) => path);
  const change = fc.record({
    path: fc.constantFrom(...files),
    at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
    removed: fc.nat({ max: 5000 }),
    inserted: fc.oneof(fc.uint8Array({ maxLength: 20 }), fc.constantFrom('"', '{', '\n', '-1', '9'.repeat(400))),
  });
  await fc.assert(
    fc.asyncProperty(change, async ({ path, at, removed, inserted }) => {
      const file = join(tree, path);
      const original = readFileSync(file);
      const start = Math.floor(at * original.length);
      const parts = [original.subarray(0, start), Buffer.from(inserted), original.subarray(start + removed)];
      writeFileSync(file, Buffer.concat(parts));
      try {
        const { findings } = await checkSubmission({ tree, privateNames: [] });
        for (const finding of findings) assert.ok(finding.found !== '' && finding.expected !== '');
      } finally {
        writeFileSync(file, original);
      }
    }),
    { numRuns: 60 },
  );
  assert.deepEqual((await checkSubmission({ tree, privateNames: [] })).findings, []);
});
