import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { LOCK_NAME, withLockedFolder } from '../../../platform/node/lock.js';
import { temporaryFolder } from '../../fetch/fetching.js';

const host = hostname();
/** The id of a process that has ended. */
const deadPid = spawnSync(process.execPath, ['--version']).pid;

function lockFolder<T>(folder: string, action: () => Promise<T>): Promise<T> {
  return withLockedFolder('RUN_FOLDER', folder, action);
}

async function ownerIn(folder: string): Promise<{ pid: number; startedAt: string | null; host: string }> {
  return JSON.parse(await readFile(join(folder, LOCK_NAME), 'utf8'));
}

/** What the lock of this process says. */
async function ownOwner(t: TestContext) {
  const folder = await temporaryFolder(t);
  return lockFolder(folder, () => ownerIn(folder));
}

test('while it is held nobody else gets it; then it is gone', async (t) => {
  const folder = await temporaryFolder(t);
  const result = await lockFolder(folder, async () => {
    const { pid, host: named } = await ownerIn(folder);
    assert.deepEqual({ pid, host: named }, { pid: process.pid, host });
    await assert.rejects(lockFolder(folder, assert.fail), {
      code: 'FOLDER_LOCKED',
      exitCode: 2,
      message: `${folder}: process ${process.pid} on ${host} is working in this folder`,
      hint: /delete .*\.loadgen\.lock/,
    });
    assert.ok(existsSync(join(folder, LOCK_NAME)));
    return 'done';
  });
  assert.equal(result, 'done');
  assert.deepEqual(await readdir(folder), []);
});

test('it is given back when the work fails', async (t) => {
  const folder = await temporaryFolder(t);
  const failure = new Error('failed');
  await assert.rejects(
    lockFolder(folder, () => Promise.reject(failure)),
    failure,
  );
  assert.deepEqual(await readdir(folder), []);
});

test('a folder that was made for it goes with it, unless something was put there', async (t) => {
  const parent = await temporaryFolder(t);
  await lockFolder(join(parent, 'a', 'b'), async () => {});
  assert.deepEqual(await readdir(parent), []);
  await lockFolder(join(parent, 'a', 'b'), () => writeFile(join(parent, 'a', 'result'), ''));
  assert.deepEqual(await readdir(join(parent, 'a')), ['result']);
  await mkdir(join(parent, 'old'));
  await lockFolder(join(parent, 'old'), async () => {});
  assert.ok(existsSync(join(parent, 'old')));
});

const ABANDONED: readonly [whose: string, text: (own: object) => string][] = [
  ['of a process that has ended', (own) => JSON.stringify({ ...own, pid: deadPid })],
  ['of an earlier process with the id of one that runs', (own) => JSON.stringify({ ...own, startedAt: '1' })],
  ['that is empty', () => ''],
  ['that is cut off', (own) => JSON.stringify(own).slice(0, 20)],
  ['that is damaged', () => '\0\0\0\0'],
  ['of a name without sense', () => '{"pid":-1}'],
];

for (const [whose, textFor] of ABANDONED) {
  for (const suffixes of [[''], ['', '.takeover']]) {
    test(`a lock ${whose} is taken over${suffixes.length > 1 ? ', and so is that of a takeover' : ''}`, async (t) => {
      const folder = await temporaryFolder(t);
      const text = textFor(await ownOwner(t));
      for (const suffix of suffixes) await writeFile(join(folder, `${LOCK_NAME}${suffix}`), text);
      await lockFolder(folder, async () => assert.equal((await ownerIn(folder)).pid, process.pid));
      assert.deepEqual(await readdir(folder), []);
    });
  }
}

const KEPT: readonly [whose: string, change: object][] = [
  ['on another machine', { pid: deadPid, host: `${host}-other` }],
  ['that runs', {}],
  ['that runs and did not know when it started', { pid: process.ppid, startedAt: null }],
];

for (const [whose, change] of KEPT) {
  for (const suffix of ['', '.takeover']) {
    test(`the lock${suffix} of a process ${whose} is left alone`, async (t) => {
      const folder = await temporaryFolder(t);
      const text = JSON.stringify({ ...(await ownOwner(t)), ...change });
      await writeFile(join(folder, LOCK_NAME), '');
      await writeFile(join(folder, `${LOCK_NAME}${suffix}`), text);
      await assert.rejects(lockFolder(folder, assert.fail), { code: 'FOLDER_LOCKED' });
      assert.equal(await readFile(join(folder, `${LOCK_NAME}${suffix}`), 'utf8'), text);
    });
  }
}

test('of many processes that take an abandoned lock at once, one at a time works', async (t) => {
  const folder = await temporaryFolder(t);
  await writeFile(join(folder, LOCK_NAME), JSON.stringify({ ...(await ownOwner(t)), pid: deadPid }));
  const module = new URL('../../../platform/node/lock.js', import.meta.url).href;
  // Each fails if another works at the same time.
  const script = `
    import { mkdirSync, rmdirSync } from 'node:fs';
    const { withLockedFolder } = await import(${JSON.stringify(module)});
    for (let left = 200; left > 0; left--) {
      await withLockedFolder('RUN_FOLDER', process.argv[1], async () => {
        mkdirSync(process.argv[1] + '/busy');
        rmdirSync(process.argv[1] + '/busy');
      }).catch((thrown) => { if (thrown.code !== 'FOLDER_LOCKED') throw thrown; });
    }`;
  const children = Array.from({ length: 4 }, () =>
    spawn(process.execPath, ['--input-type=module', '--eval', script, folder], { stdio: ['ignore', 'ignore', 2] }),
  );
  const codes = await Promise.all(children.map((child) => new Promise((resolve) => child.on('exit', resolve))));
  assert.deepEqual(codes, [0, 0, 0, 0]);
});

test('in a folder that cannot be made it is an error of the folder', async () => {
  await assert.rejects(lockFolder('/proc/none/here', assert.fail), { code: 'RUN_FOLDER', message: /cannot write/ });
});
