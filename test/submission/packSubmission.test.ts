import assert from 'node:assert/strict';
import { cpSync, existsSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { extract, list } from 'tar';
import { sha256Of } from '../../platform/node/files.js';
import { type PackRequest, packSubmission } from '../../submission/packSubmission.js';
import { listTree } from '../../submission/tree.js';
import { newFolder, newRun, newTree } from './submissionFolders.js';

let tree = '';
before(async () => {
  tree = await newTree('closed', await newRun());
});

function pack(of: string, output: string, options: Partial<PackRequest> = {}) {
  return packSubmission({ tree: of, output, overwrite: false, withFindings: false, privateNames: [], ...options });
}

test('the archive holds the tree and the digest of each file', async () => {
  const folder = newFolder();
  const output = join(folder, 'tree.tar.gz');
  const result = await pack(tree, output);
  assert.equal(result.sha256, sha256Of(readFileSync(output)));
  assert.equal(result.bytes, readFileSync(output).length);
  await extract({ file: output, cwd: folder });
  const checksums = readFileSync(join(folder, 'SHA256SUMS'), 'utf8').trimEnd().split('\n');
  const files = [...(await listTree(tree))].filter(([, { kind }]) => kind === 'file').map(([path]) => path);
  const expected = files.toSorted().map((path) => `${sha256Of(readFileSync(join(tree, path)))}  ${path}`);
  assert.deepEqual(checksums, expected);
  for (const path of files) assert.deepEqual(readFileSync(join(folder, path)), readFileSync(join(tree, path)));
});

test('the same files give the same bytes, whatever their times and wherever they lie', async () => {
  const [folder, copy] = [newFolder(), join(newFolder(), 'other')];
  cpSync(tree, copy, { recursive: true });
  for (const [path] of await listTree(copy)) utimesSync(join(copy, path), 1, 2);
  const [one, other] = [await pack(tree, join(folder, 'a.tar.gz')), await pack(copy, join(folder, 'b.tar.gz'))];
  assert.equal(one.sha256, other.sha256);
});

test('owners, times and modes are not in it', async () => {
  const output = join(newFolder(), 'tree.tar.gz');
  await pack(tree, output);
  const facts = new Set<string>();
  await list({
    file: output,
    onReadEntry: ({ type, mode, uid, gid, uname, gname, mtime }) =>
      facts.add(JSON.stringify([type, mode, uid ?? 0, gid ?? 0, uname ?? '', gname ?? '', mtime])),
  });
  assert.deepEqual([...facts], [JSON.stringify(['File', 0o644, 0, 0, '', '', new Date(0)])]);
});

test('a tree with findings is packed only if one asks for it', async () => {
  const [copy, output] = [join(newFolder(), 'tree'), join(newFolder(), 'tree.tar.gz')];
  cpSync(tree, copy, { recursive: true });
  writeFileSync(join(copy, 'notes.txt'), 'x');
  await assert.rejects(pack(copy, output), { code: 'SUBMISSION_FINDINGS', exitCode: 3, message: /\n {2}notes\.txt: / });
  assert.equal(existsSync(output), false);
  assert.equal((await pack(copy, output, { withFindings: true })).findings.length, 1);
});

test('an archive is not put into the tree, nor over another without being told', async () => {
  const output = join(newFolder(), 'tree.tar.gz');
  await assert.rejects(pack(tree, join(tree, 'tree.tar.gz')), { code: 'SUBMISSION_PACK', message: /lies in the tree/ });
  writeFileSync(output, 'mine');
  await assert.rejects(pack(tree, output), { code: 'SUBMISSION_PACK', message: /is there already/ });
  assert.equal(readFileSync(output, 'utf8'), 'mine');
  await pack(tree, output, { overwrite: true });
  assert.deepEqual(readdirSync(join(output, '..')), ['tree.tar.gz']);
});

test('a place that cannot be written to is named', async () => {
  const output = join(newFolder(), 'nowhere', 'tree.tar.gz');
  await assert.rejects(pack(tree, output), { code: 'SUBMISSION_WRITE', message: /cannot write .*nowhere/ });
});

test('an interrupted archive leaves nothing', async () => {
  const output = join(newFolder(), 'tree.tar.gz');
  const reason = new Error('interrupted');
  await assert.rejects(pack(tree, output, { signal: AbortSignal.abort(reason) }), reason);
  assert.deepEqual(readdirSync(join(output, '..')), []);
});

test('no other file is touched', async () => {
  const output = join(newFolder(), 'tree.tar.gz');
  writeFileSync(`${output}.partial`, 'mine');
  await pack(tree, output);
  assert.equal(readFileSync(`${output}.partial`, 'utf8'), 'mine');
  assert.deepEqual(readdirSync(join(output, '..')), ['tree.tar.gz', 'tree.tar.gz.partial']);
});
