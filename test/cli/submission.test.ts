import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { hostname, networkInterfaces, userInfo } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { z } from 'zod';
import { findingSchema } from '../../submission/finding.js';
import { fillIn } from '../submission/submissionFolders.js';
import { virtualRun } from '../submission/virtualRun.js';
import { temporaryFolder } from './loadgen.js';
import { loadgen } from './loadgenHere.js';

const INIT = ['--division', 'closed', '--submitter', 'Example', '--system', 'box-1'];
const SYSTEM = 'closed/Example/systems/box-1.json';
const textsSchema = z.record(z.string(), z.string());
const checkSchema = z.strictObject({
  version: z.literal(1),
  findings: z.array(findingSchema),
  results: z.array(z.object({ scenario: z.string() })),
});

async function describedTree(t: TestContext): Promise<string> {
  const tree = join(await temporaryFolder(t), 'tree');
  const { exitCode, stderr } = await loadgen(['submission', 'init', tree, ...INIT]);
  assert.equal(exitCode, 0, stderr);
  return tree;
}

test('init describes this machine, says what is to be filled in, and names nobody', async (t) => {
  const tree = join(await temporaryFolder(t), 'tree');
  const { stdout, exitCode } = await loadgen(['submission', 'init', tree, ...INIT]);
  assert.equal(exitCode, 0);
  assert.match(stdout, /Fill in closed\/Example\/systems\/box-1\.json:\n {2}status: available, preview or rdi/);
  const text = readFileSync(join(tree, SYSTEM), 'utf8');
  const description = textsSchema.parse(JSON.parse(text));
  assert.match(description.host_memory_capacity ?? '', /^\d+ GiB$/);
  const addresses = Object.values(networkInterfaces()).flatMap((of) => of?.map(({ address, mac }) => [address, mac]));
  for (const secret of [...addresses.flat(), hostname(), userInfo().username]) {
    if (secret === undefined || secret.length < 4 || secret === 'root') continue;
    assert.ok(!text.includes(secret), secret);
  }
});

test('from init to a packed archive', async (t) => {
  const tree = await describedTree(t);
  const run = join(await temporaryFolder(t), 'run');
  await virtualRun(run);
  const added = await loadgen(['submission', 'add', run, '--tree', tree]);
  assert.equal(added.exitCode, 0, added.stderr);
  assert.match(added.stdout, /^closed\/Example\/results\/box-1\/sphereface20\/SingleStream: added$/m);

  const open = await loadgen(['submission', 'check', tree]);
  assert.equal(open.exitCode, 3);
  assert.match(open.stdout, /status\n {4}found {5}nothing\n {4}expected {2}available, preview or rdi/);
  const output = join(tree, '../tree.tar.gz');
  const refused = await loadgen(['submission', 'pack', tree, '--output', output]);
  assert.deepEqual([refused.exitCode, existsSync(output)], [3, false]);
  assert.match(refused.stderr, /Error SUBMISSION_FINDINGS: /);

  fillIn(join(tree, SYSTEM));
  const checked = await loadgen(['submission', 'check', tree, '--json']);
  const { findings, results } = checkSchema.parse(JSON.parse(checked.stdout));
  assert.deepEqual(findings, []);
  assert.equal(checked.exitCode, 0);
  assert.deepEqual(
    results.map(({ scenario }) => scenario),
    ['SingleStream', 'Offline'],
  );
  const packed = await loadgen(['submission', 'pack', tree, '--output', output]);
  assert.equal(packed.exitCode, 0, packed.stderr);
  assert.match(packed.stdout, /tree\.tar\.gz\n {2}\d+ files, \d+ bytes, SHA-256 [0-9a-f]{64}\n$/);
});

test('a run that cannot be submitted is refused with all that it lacks', async (t) => {
  const tree = await describedTree(t);
  const run = join(await temporaryFolder(t), 'run');
  await virtualRun(run, { audits: false });
  const { exitCode, stderr, stdout } = await loadgen(['submission', 'add', run, '--tree', tree]);
  assert.deepEqual([exitCode, stdout], [2, '']);
  for (const missing of ['SingleStream/TEST01', 'SingleStream/TEST04', 'Offline/TEST01', 'Offline/TEST04']) {
    assert.match(stderr, new RegExp(`^ {2}${missing}: found no such folder`, 'm'));
  }
});

test('the folder of a run on virtual time can be exported, as that of any run', async (t) => {
  const run = join(await temporaryFolder(t), 'run');
  await virtualRun(run, { scenarios: ['Offline'], audits: false });
  const { exitCode, stderr } = await loadgen(['export', run, '--json']);
  assert.equal(exitCode, 0, stderr);
});

for (const [args, message] of [
  [['init', 'tree', '--division', 'closed'], /Missing required arguments: submitter, system/],
  [['init', 'tree', ...INIT.with(1, 'network')], /Choices: "closed", "open"/],
  [['init', 'tree', ...INIT.with(5, '../box')], /SUBMISSION_NAME: system: found "\.\.\/box"/],
  [['check', 'nowhere'], /SUBMISSION_TREE: cannot read the tree nowhere/],
  [['add', 'nowhere', '--tree', 'nowhere'], /SUBMISSION_TREE/],
  [[], /^Name a command\.\n[\s\S]*loadgen submission init/],
] as const) {
  test(`bad usage: submission ${args.join(' ')}`, async (t) => {
    const { exitCode, stderr } = await loadgen(['submission', ...args], { cwd: await temporaryFolder(t) });
    assert.equal(exitCode, 2);
    assert.match(stderr, message);
  });
}
