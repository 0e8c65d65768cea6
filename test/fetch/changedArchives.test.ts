import assert from 'node:assert/strict';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { LoadGenError } from '../../base/errors.js';
import { unpackArchive } from '../../fetch/unpack.js';
import { tarOf } from './archives.js';
import { temporaryFolder } from './fetching.js';

const BLOCK = 512;
/** Of a header: where its checksum stands, which counts as spaces in itself. */
const CHECKSUM = { start: 148, end: 156 };
const LIMITS = { maxEntries: 8, maxUnpackedBytes: 1 << 20 };

const archive = tarOf(
  { path: 'lfw', type: 'Directory' },
  { path: 'lfw/Ann_0001.jpg', content: 'an image' },
  { path: 'lfw/Bob_0001.jpg', content: 'another one' },
);
const headers = [0, BLOCK, 3 * BLOCK];

const change = fc.record({ position: fc.nat(archive.length - 1), value: fc.nat(255) });
const changes = fc.array(change, { minLength: 1, maxLength: 6 });

for (const [what, numRuns, finish] of [
  ['as they are', 5000, (tar: Buffer) => tar],
  ['with checksums that are right', 5000, withChecksums],
] as const) {
  test(`changed bytes, ${what}: unpacked into the folder or refused`, async (t) => {
    const parent = await temporaryFolder(t);
    const [file, folder] = [join(parent, 'test.tgz'), join(parent, 'folder')];
    await mkdir(folder);
    const unpackedOrRefused = fc.asyncProperty(changes, async (made) => {
      const tar = Buffer.from(archive);
      for (const { position, value } of made) tar[position] = value;
      await writeFile(file, gzipSync(finish(tar), { level: 0 }));
      try {
        await unpackArchive(file, folder, LIMITS);
      } catch (thrown) {
        assert.ok(thrown instanceof LoadGenError && /^FETCH_(ARCHIVE|WRITE)$/.test(thrown.code), String(thrown));
      }
      assert.deepEqual((await readdir(parent)).toSorted(), ['folder', 'test.tgz']);
    });
    await fc.assert(unpackedOrRefused, { numRuns, seed: 20 });
  });
}

/** So that a reader looks at what else is wrong with a header. */
function withChecksums(tar: Buffer): Buffer {
  for (const start of headers) {
    const header = tar.subarray(start, start + BLOCK);
    header.fill(' ', CHECKSUM.start, CHECKSUM.end);
    const sum = header.reduce((total, byte) => total + byte, 0);
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, CHECKSUM.start);
  }
  return tar;
}
