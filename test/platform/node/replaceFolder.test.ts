import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { placeOf, recoverFolder, replaceFolder } from '../../../platform/node/replaceFolder.js';

const root = mkdtempSync(join(tmpdir(), 'replace-'));
after(() => rmSync(root, { recursive: true, force: true }));

/** A folder with these empty files. */
function folderWith(...files: string[]): string {
  const folder = mkdtempSync(join(root, 'in-'));
  for (const file of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), '');
  }
  return folder;
}

function filesIn(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .toSorted();
}

const REPLACED: readonly [what: string, before: readonly string[], after: readonly string[]][] = [
  ['nothing', ['a.new/1'], ['a/1']],
  ['a folder', ['a/0', 'a.new/1'], ['a/1']],
  ['a folder with something kept', ['a/0', 'a/kept', 'a.new/1'], ['a/1', 'a/kept']],
  ['a folder whose kept file the new one has', ['a/kept', 'a.new/kept'], ['a/kept']],
  ['a folder set aside by a killed call', ['a.earlier/0', 'a.earlier/kept', 'a.new/1'], ['a/1', 'a/kept']],
  ['a folder that a killed call had put there', ['a.earlier/kept', 'a/0', 'a.new/1'], ['a/1', 'a/kept']],
];
for (const [what, before, expected] of REPLACED) {
  test(`a new folder takes the place of ${what}`, () => {
    const folder = folderWith(...before);
    replaceFolder(join(folder, 'a'), join(folder, 'a.new'), (name) => name === 'kept');
    assert.deepEqual(filesIn(folder), expected);
  });
}

test('where the new folder cannot be moved, the earlier one stays in its place', () => {
  const folder = folderWith('a/0');
  assert.throws(() => replaceFolder(join(folder, 'a'), join(folder, 'missing')), { code: 'ENOENT' });
  assert.deepEqual(filesIn(folder), ['a/0']);
});

test('recovering changes nothing where no call was killed', () => {
  const folder = folderWith('a/0');
  recoverFolder(join(folder, 'a'));
  recoverFolder(join(folder, 'b'));
  assert.deepEqual(filesIn(folder), ['a/0']);
});

const PLACES: readonly [name: string, beside: readonly string[], place: string | undefined][] = [
  ['a', [], 'a'],
  ['a', ['a.earlier'], 'a'],
  ['a.earlier', [], 'a'],
  ['a.earlier', ['a'], undefined],
];
for (const [name, beside, place] of PLACES) {
  test(`${name} beside ${beside.join() || 'nothing'} is read as ${place}`, () => {
    assert.equal(placeOf(name, [name, ...beside]), place);
  });
}
