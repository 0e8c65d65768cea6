import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { initSubmission } from '../../submission/initSubmission.js';
import { MACHINE } from './organization.js';
import { editJson, newFolder } from './submissionFolders.js';

const PLACE = { division: 'open', submitter: 'Example', system: 'box-1' } as const;

test('a description has every key, what the machine tells, and a list of what is open', async () => {
  const tree = join(newFolder(), 'tree');
  const { status: _, ...machine } = MACHINE;
  const { open, systemFile, created } = await initSubmission({ tree, ...PLACE, machine });
  assert.deepEqual(created, ['open/Example/systems/box-1.json', 'open/Example/src/README.md']);
  const description = JSON.parse(readFileSync(join(tree, systemFile), 'utf8'));
  assert.equal(Object.keys(description).length, 35);
  assert.equal(description.status, '');
  assert.equal(description.accelerators_per_node, '0');
  assert.equal(description.host_processor_model_name, 'Some processor');
  assert.deepEqual(
    open.map(({ key }) => key),
    ['status'],
  );
});

test('what is there stays, and other systems and divisions come beside it', async () => {
  const tree = newFolder();
  await initSubmission({ tree, ...PLACE, machine: MACHINE });
  const file = join(tree, 'open/Example/systems/box-1.json');
  editJson(file, { cooling: 'liquid' });
  writeFileSync(join(tree, 'open/Example/src/README.md'), 'mine');
  const again = await initSubmission({ tree, ...PLACE, machine: {} });
  assert.deepEqual(again.created, []);
  assert.equal(JSON.parse(readFileSync(file, 'utf8')).cooling, 'liquid');
  assert.equal(readFileSync(join(tree, 'open/Example/src/README.md'), 'utf8'), 'mine');
  await initSubmission({ tree, ...PLACE, system: 'box-2', machine: MACHINE });
  await initSubmission({ tree, ...PLACE, division: 'closed', machine: MACHINE });
  assert.deepEqual(readdirSync(join(tree, 'open/Example/systems')).toSorted(), ['box-1.json', 'box-2.json']);
  assert.ok(existsSync(join(tree, 'closed/Example/systems/box-1.json')));
});

for (const name of [
  '',
  '.',
  '..',
  '.hidden',
  'a/b',
  'a\\b',
  '../x',
  'a b',
  'a\n',
  '-x',
  'C:',
  'x.',
  'é',
  'x'.repeat(101),
]) {
  test(`refused as a name: ${JSON.stringify(name).slice(0, 20)}`, async () => {
    const tree = join(newFolder(), 'tree');
    const request = { tree, division: 'open', submitter: name, system: name, machine: {} } as const;
    await assert.rejects(initSubmission(request), {
      code: 'SUBMISSION_NAME',
      message: /submitter: found .*\nsystem: found /,
    });
    assert.equal(existsSync(tree), false);
  });
}

test('a link in the tree is refused, and nothing is written behind it', async () => {
  const [tree, outside] = [newFolder(), newFolder()];
  mkdirSync(join(tree, 'open'));
  symlinkSync(outside, join(tree, 'open/Example'));
  await assert.rejects(initSubmission({ tree, ...PLACE, machine: {} }), { code: 'SUBMISSION_LINK' });
  assert.deepEqual(readdirSync(outside), []);
});

test('a description that cannot be read is named', async () => {
  const tree = newFolder();
  await initSubmission({ tree, ...PLACE, machine: MACHINE });
  writeFileSync(join(tree, 'open/Example/systems/box-1.json'), '{"status": 1}');
  await assert.rejects(initSubmission({ tree, ...PLACE, machine: MACHINE }), {
    code: 'SUBMISSION_SYSTEM',
    message: /box-1\.json: status: .*expected string/,
  });
});
