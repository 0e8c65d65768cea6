import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { withLock } from '../../fetch/lock.js';
import { temporaryFolder } from './fetching.js';

const host = hostname();
/** The id of a process that has ended. */
const deadPid = spawnSync(process.execPath, ['--version']).pid;

async function lockPath(t: TestContext): Promise<string> {
  return join(await temporaryFolder(t), 'fetch.lock');
}

test('while it is held nobody else gets it; then it is gone', async (t) => {
  const path = await lockPath(t);
  const result = await withLock(path, async () => {
    assert.deepEqual(JSON.parse(await readFile(path, 'utf8')), { pid: process.pid, host });
    await assert.rejects(withLock(path, assert.fail), {
      code: 'FETCH_LOCKED',
      exitCode: 1,
      message: new RegExp(`fetch\\.lock: process ${process.pid} on .* is fetching into this folder`),
      hint: /delete this file/,
    });
    assert.ok(existsSync(path));
    return 'done';
  });
  assert.equal(result, 'done');
  assert.deepEqual(await readdir(dirname(path)), []);
});

test('it is given back when the work fails', async (t) => {
  const path = await lockPath(t);
  const failure = new Error('failed');
  await assert.rejects(
    withLock(path, () => Promise.reject(failure)),
    failure,
  );
  assert.deepEqual(await readdir(dirname(path)), []);
});

test('the lock of a process that has died is taken over', async (t) => {
  const path = await lockPath(t);
  await writeFile(path, JSON.stringify({ pid: deadPid, host }));
  await withLock(path, async () => assert.equal(JSON.parse(await readFile(path, 'utf8')).pid, process.pid));
  assert.deepEqual(await readdir(dirname(path)), []);
});

const KEPT: readonly [string, string][] = [
  ['on another machine', JSON.stringify({ pid: deadPid, host: `${host}-other` })],
  ['that runs', JSON.stringify({ pid: process.ppid, host })],
  ['that has not written its name yet', ''],
  ['of a name without sense', '{"pid":-1}'],
];

for (const [whose, text] of KEPT) {
  test(`the lock of a process ${whose} is left alone`, async (t) => {
    const path = await lockPath(t);
    await writeFile(path, text);
    await assert.rejects(withLock(path, assert.fail), { code: 'FETCH_LOCKED' });
    assert.equal(await readFile(path, 'utf8'), text);
    assert.deepEqual(await readdir(dirname(path)), [basename(path)]);
  });
}

test('while another process takes it over, it is not taken over', async (t) => {
  const path = await lockPath(t);
  await writeFile(path, JSON.stringify({ pid: deadPid, host }));
  await writeFile(`${path}.takeover`, JSON.stringify({ pid: process.ppid, host }));
  await assert.rejects(withLock(path, assert.fail), { code: 'FETCH_LOCKED', message: /takeover: process/ });
  assert.ok(existsSync(path));
});

test('in a folder that is not there it is an error of the file', async (t) => {
  const path = join(await temporaryFolder(t), 'missing', 'fetch.lock');
  await assert.rejects(withLock(path, assert.fail), { code: 'FETCH_WRITE', message: /cannot write .*ENOENT/ });
});
