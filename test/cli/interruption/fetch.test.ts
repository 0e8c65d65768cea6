import assert from 'node:assert/strict';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { gzipped } from '../../fetch/archives.js';
import { assetOf, CONTENT, fileOf } from '../../fetch/fetching.js';
import { startNode, temporaryFolder } from '../loadgen.js';
import { fileIsThere, interruptProgram } from './interrupt.js';

const PROGRAM = fileURLToPath(new URL('../../robustness/kills/fetchThing.js', import.meta.url));
/** So many that to unpack them takes seconds. */
const ENTRIES = 20_000;
const archive = gzipped(
  ...Array.from({ length: ENTRIES }, (_, index) => ({ path: `images/${index}.txt`, content: `${index}\n` })),
);

for (const [what, signal, file] of [
  ['is checked', 'SIGINT', undefined],
  ['is unpacked', 'SIGTERM', 'images/0.txt'],
  ['is unpacked', 'SIGINT', 'images/9.txt'],
] as const) {
  test(`${signal} while an archive ${what} leaves nothing of it, and the next time succeeds`, async (t) => {
    const cwd = await temporaryFolder(t);
    const asset = {
      ...assetOf(fileOf(CONTENT, [])),
      archive: { ...fileOf(archive, [], 'images.tgz'), maxEntries: ENTRIES, maxUnpackedBytes: 1 << 24 },
    };
    const files = { 'asset.json': JSON.stringify(asset), 'file.bin': CONTENT, 'images.tgz': archive };
    for (const [name, content] of Object.entries(files)) writeFileSync(join(cwd, name), content);
    const args = [PROGRAM, 'file.bin', 'images.tgz'];
    const at = file === undefined ? 'Unpacking images.tgz' : fileIsThere(join(cwd, 'fetched', 'thing.new', file));
    await interruptProgram(args, at, signal, { cwd });
    assert.deepEqual(readdirSync(join(cwd, 'fetched')), ['downloads']);
    const { exitCode, stderr } = await startNode(args, { cwd }).ended;
    assert.equal(exitCode, 0, stderr);
    assert.equal(readdirSync(join(cwd, 'fetched', 'thing', 'images')).length, ENTRIES);
  });
}
