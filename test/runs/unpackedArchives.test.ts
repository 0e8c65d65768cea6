import assert from 'node:assert/strict';
import { readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { type Zippable, zipSync } from 'fflate';
import { UnpackedArchives } from '../../runs/unpackedArchives.js';
import { newFolder } from '../reports/figures/runFolders.js';

/** Where archives are unpacked. */
const TEMPORARY = newFolder();
process.env.TMPDIR = TEMPORARY;

const CONTENT = new Uint8Array(1000).fill(65);
const DETAIL = 'run-1/SingleStream/performance/run_1/mlperf_log_detail.txt';

const zipped = (...names: readonly string[]) =>
  zipSync(Object.fromEntries(names.map((name): [string, Zippable[string]] => [name, CONTENT])));

/** In the archive's list of entries, the size that the first is said to have. */
function withSize(archive: Uint8Array, bytes: number): Uint8Array {
  const at = Buffer.from(archive).indexOf('PK\u0001\u0002', 0, 'latin1');
  new DataView(archive.buffer, archive.byteOffset).setUint32(at + 24, bytes, true);
  return archive;
}

/** Another name of the same length, wherever the first stands. */
function renamed(archive: Uint8Array, from: string, to: string): Uint8Array {
  return Buffer.from(Buffer.from(archive).toString('latin1').replaceAll(from, to), 'latin1');
}

function fileOf(content: Uint8Array): string {
  const file = join(newFolder(), 'phone.zip');
  writeFileSync(file, content);
  return file;
}

test('an archive is unpacked, read by the paths that it has, and removed', async () => {
  const archives = new UnpackedArchives();
  const file = fileOf(zipped('run-1/run.json', DETAIL, 'run_2/run.json'));
  const folder = await archives.folderOf(file);
  assert.deepEqual(readdirSync(folder).toSorted(), ['run-1', 'run_2']);
  assert.deepEqual(new Uint8Array(readFileSync(join(folder, DETAIL))), CONTENT);
  assert.equal(archives.told(`${folder}/run-1: no logs`), `${file}/run-1: no logs`);
  archives.remove();
  assert.deepEqual(readdirSync(TEMPORARY), []);
});

test('a folder, and what is not there, are read where they are named', async () => {
  const archives = new UnpackedArchives();
  for (const path of [TEMPORARY, join(TEMPORARY, 'nowhere')]) assert.equal(await archives.folderOf(path), path);
});

const REFUSED: readonly (readonly [what: string, archive: Uint8Array, message: RegExp])[] = [
  ['an empty file', new Uint8Array(), /it is damaged/],
  ['a text', Buffer.from('PK, but no archive'.repeat(100)), /it is damaged/],
  ['half an archive', zipped('run/run.json').subarray(0, 100), /it is damaged/],
  ['a list of entries without them', zipped('run/run.json').subarray(60), /is no file of a run|ends early/],
  ['a file shorter than it is said to be', withSize(zipped('run/run.json'), 1001), /run\/run\.json ends early/],
  ['more bytes than there may be', withSize(zipped('run/run.json'), 2 ** 31), /more than 536870912 bytes/],
  ['a file above', zipped('../run.json'), /entry "\.\.\/run\.json" is no file of a run/],
  ['a file beside', zipped('run/../run.json'), /is no file of a run/],
  ['a path from the root', zipped('/etc/run.json'), /is no file of a run/],
  ['a drive', zipped('C:/run.json'), /is no file of a run/],
  ['a backslash', zipped('..\\run/run.json'), /entry "\.\.\\\\run\/run\.json" is no file/],
  ['a name that moves the cursor', zipped('run/\u001b[2Jrun.json'), /entry "run\/\\u001b\[2Jrun\.json" is no file/],
  ['a long name', zipped(`${'a'.repeat(5000)}/run.json`), /entry "a{99}… is no file/],
  ['no folder', zipped('run.json'), /is no file of a run/],
  ['a photograph', zipped('run/run.json', 'run/photo.jpg'), /entry "run\/photo\.jpg" is no file of a run/],
  ['a program in a test', zipped('run/SingleStream/accuracy/run.sh'), /is no file of a run/],
  ['a test too deep', zipped('run/SingleStream/accuracy/run_1/mlperf_log_detail.txt'), /is no file of a run/],
  ['a file twice', renamed(zipped('a/run.json', 'b/run.json'), 'b/run.json', 'a/run.json'), /is there twice/],
  ['many files', zipped(...Array.from({ length: 2001 }, (_, i) => `r${i}/run.json`)), /more than 2000 files/],
];
for (const [what, archive, message] of REFUSED) {
  test(`refuses ${what}, and writes nothing`, async () => {
    const file = fileOf(archive);
    await assert.rejects(new UnpackedArchives().folderOf(file), { code: 'REPORT_ARCHIVE', message });
    assert.deepEqual(readdirSync(TEMPORARY), []);
  });
}

test('refuses a huge file without reading it', async () => {
  const file = fileOf(new Uint8Array());
  truncateSync(file, 2 ** 40);
  await assert.rejects(new UnpackedArchives().folderOf(file), {
    message: /found 1099511627776 bytes, expected at most/,
  });
});
