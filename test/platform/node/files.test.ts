import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { makeFolder } from '../../../platform/node/files.js';
import { temporaryFolder } from '../../fetch/fetching.js';

const repository = fileURLToPath(new URL('../../../../', import.meta.url));

test('folders are made down to the last, and the first of them is returned', async (t) => {
  const folder = await temporaryFolder(t);
  assert.equal(makeFolder(folder), undefined);
  assert.equal(makeFolder(join(folder, 'a', 'b', 'c')), join(folder, 'a'));
  assert.ok(existsSync(join(folder, 'a', 'b', 'c')));
  assert.equal(makeFolder(join(folder, 'a', 'b')), undefined);
  await symlink(join(folder, 'a'), join(folder, 'link'));
  assert.equal(makeFolder(join(folder, 'link', 'd')), join(folder, 'link', 'd'));
});

const UNMAKEABLE: readonly [name: string, pathIn: (folder: string) => string, code: string, isHere?: boolean][] = [
  ['below a file', (folder) => join(folder, 'file', 'x'), '(ENOTDIR|EEXIST)'],
  ['in the place of a file', (folder) => join(folder, 'file'), 'EEXIST'],
  ['in the place of a link to nothing', (folder) => join(folder, 'dangling'), 'EEXIST'],
  ['of too long a name', (folder) => join(folder, 'x'.repeat(300)), 'ENAMETOOLONG'],
  ['of a name with a NUL', (folder) => join(folder, 'x\0'), 'ERR_INVALID_ARG_VALUE'],
  ['below /proc', () => '/proc/a/b', 'ENOENT', existsSync('/proc/self')],
  ['below /sys', () => '/sys/a', 'E(PERM|ACCES|ROFS)', existsSync('/sys/kernel')],
];

async function exampleFolder(t: TestContext): Promise<string> {
  const folder = await temporaryFolder(t);
  await writeFile(join(folder, 'file'), '');
  await symlink(join(folder, 'nothing'), join(folder, 'dangling'));
  await mkdir(join(folder, 'there'));
  return folder;
}

for (const [name, pathIn, code, isHere = true] of UNMAKEABLE) {
  test(`a folder ${name} is refused at once`, { skip: !isHere && 'not on this system' }, async (t) => {
    const path = pathIn(await exampleFolder(t));
    assert.throws(() => makeFolder(path), { code: new RegExp(`^${code}$`) });
  });
}

test("no part of the product makes folders in Node.js's own way, which may never end", async () => {
  const uses: string[] = [];
  for (const room of (await readdir(repository, { withFileTypes: true })).filter((entry) => entry.isDirectory())) {
    if (['node_modules', 'dist', 'test', '.git'].includes(room.name)) continue;
    for (const name of await readdir(join(repository, room.name), { recursive: true })) {
      if (!name.endsWith('.ts')) continue;
      const text = await readFile(join(repository, room.name, name), 'utf8');
      if (/\bmkdir(?:Sync)?\([^)]*recursive/.test(text)) uses.push(join(room.name, name));
    }
  }
  assert.deepEqual(uses, []);
});
