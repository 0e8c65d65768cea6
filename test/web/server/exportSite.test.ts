import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { checkExportFolder, exportSite } from '../../../web/server/exportSite.js';
import type { SiteFile } from '../../../web/server/site.js';
import { newFolder } from '../../reports/figures/runFolders.js';

const MANIFEST = JSON.stringify({ packageVersion: '1.2.3', takesRuns: false });

function siteOf(contents: Readonly<Record<string, string>>): { files: Map<string, SiteFile> } {
  const files = Object.entries({ 'manifest.json': MANIFEST, 'index.html': '<h1>page</h1>', ...contents });
  const fileOf = (text: string): SiteFile => ({
    ...{ type: 'text/plain', isLasting: false, isCompressible: true },
    read: async () => Buffer.from(text),
  });
  return { files: new Map(files.map(([path, text]) => [path, fileOf(text)])) };
}

test('a page is written with the folders of its files, and its size is told', async () => {
  const folder = join(newFolder(), 'new/site');
  const exported = await exportSite(siteOf({ 'files/1/a.bin': 'ab' }), folder);
  assert.deepEqual(exported, { files: 3, bytes: MANIFEST.length + 13 + 2 });
  assert.equal(readFileSync(join(folder, 'files/1/a.bin'), 'utf8'), 'ab');
  assert.equal(readFileSync(join(folder, 'index.html'), 'utf8'), '<h1>page</h1>');
});

test('another one takes its place, and what the host has beside it stays', async () => {
  const folder = newFolder();
  await exportSite(siteOf({ 'files/1/a.bin': 'ab' }), folder);
  writeFileSync(join(folder, 'CNAME'), 'faces.example');
  await exportSite(siteOf({ 'files/2/a.bin': 'cd', 'index.html': 'new' }), folder);
  assert.equal(existsSync(join(folder, 'files/1')), false);
  assert.equal(readFileSync(join(folder, 'files/2/a.bin'), 'utf8'), 'cd');
  assert.equal(readFileSync(join(folder, 'index.html'), 'utf8'), 'new');
  assert.equal(readFileSync(join(folder, 'CNAME'), 'utf8'), 'faces.example');
});

const OTHERS: [what: string, fill: (folder: string) => void][] = [
  ['another file', (folder) => writeFileSync(join(folder, 'thesis.tex'), 'x')],
  ['another folder', (folder) => mkdirSync(join(folder, 'photos'))],
  ['a manifest of another program', (folder) => writeFileSync(join(folder, 'manifest.json'), '{"name": "app"}')],
  ['a damaged manifest', (folder) => writeFileSync(join(folder, 'manifest.json'), MANIFEST.slice(0, -5))],
];
for (const [what, fill] of OTHERS) {
  test(`a folder with ${what} is left alone`, async () => {
    const folder = newFolder();
    fill(folder);
    await assert.rejects(exportSite(siteOf({}), folder), { code: 'WEB_EXPORT' });
    assert.equal(existsSync(join(folder, 'index.html')), false);
  });
}

test('a file is no folder', async () => {
  const file = join(newFolder(), 'file');
  writeFileSync(file, '');
  await assert.rejects(checkExportFolder(file), { code: 'WEB_EXPORT' });
});
