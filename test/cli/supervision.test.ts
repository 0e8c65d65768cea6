import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { temporaryFile } from './loadgen.js';
import { startRun } from './scriptedRun.js';

const isWindows = process.platform === 'win32';
test('a system that blocks its process is ended, and the logs say so', async (t) => {
  const { run, logs } = await startRun(t, { issue: 'for (;;) ;' }, ['--response-timeout', '1', '--warm-up', '0']);
  const { exitCode, stdout, stderr } = await run.ended;
  assert.equal(exitCode, 3, stderr);
  assert.match(stdout, /INVALID: the process of scripted did nothing for \d+ s while queries were/);
  assert.match(stderr, /SUT_HUNG: .*\n.*--response-timeout/);
  assert.match(await readFile(join(logs, 'mlperf_log_summary.txt'), 'utf8'), /^Result is : INVALID$/m);
  assert.match(await readFile(join(logs, 'mlperf_log_detail.txt'), 'utf8'), /"harness_log_complete", "value": true/);
});

for (const [what, issue] of [
  ['in a timer', `setTimeout(() => { throw new Error('no power'); }, 5);`],
  ['in a lost promise', `Promise.reject(new Error('no power'));`],
] as const) {
  test(`what a system throws ${what} stands in the logs, without the folder that it lies in`, async (t) => {
    const { run, logs } = await startRun(t, { issue });
    const { exitCode, stderr } = await run.ended;
    assert.equal(exitCode, 3, stderr);
    const detail = await readFile(join(logs, 'mlperf_log_detail.txt'), 'utf8');
    assert.match(detail, /threw outside of any call: no power, at scripted\.mjs:\d+:\d+ \(SUT_FAILED\)/);
    assert.ok(!detail.includes('cli-test-'), detail);
  });
}

test('a system that is never created is waited for aloud, then given up', async (t) => {
  const { run } = await startRun(t, { create: 'setInterval(() => {}, 1000); await new Promise(() => {});' }, [
    ...['--start-timeout', '7'],
  ]);
  const { exitCode, stdout, stderr } = await run.ended;
  assert.equal(exitCode, 2, stderr);
  assert.equal(stdout, '');
  assert.match(stderr, /^Waiting for \S+scripted\.mjs to be created, for at most 7 s$/m);
  assert.match(stderr, /SUT_HUNG: .* did nothing for 7 s while the system under test was created\n.*--start-timeout/);
});

for (const [what, close, remark] of [
  ['a timer', 'setInterval(() => {}, 1000);', /^scripted: the system under test left behind: a timer$/m],
  ['an error', `throw new Error('no power');`, /SUT_PLUGIN: the plugin scripted failed in close: no power/],
] as const) {
  test(`what a system leaves at its end is named: ${what}`, async (t) => {
    const { run } = await startRun(t, { close });
    const { exitCode, stderr } = await run.ended;
    assert.equal(exitCode, what === 'an error' ? 2 : 0, stderr);
    assert.match(stderr, remark);
  });
}

test('a process whose supervisor is killed ends, also in an endless loop', { skip: isWindows }, async (t) => {
  const file = await temporaryFile(t, 'pid', '');
  const issue = `fs.writeFileSync(${JSON.stringify(file)}, String(process.pid)); for (;;) ;`;
  const { run } = await startRun(t, { create: 'globalThis.fs = await import("node:fs");', issue });
  let pid = 0;
  while (pid === 0) {
    await sleep(50);
    pid = Number(await readFile(file, 'utf8'));
  }
  run.process.kill('SIGKILL');
  await run.ended;
  const isRunning = () => {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  };
  for (let waits = 0; waits < 200 && isRunning(); waits++) await sleep(50);
  assert.ok(!isRunning(), `process ${pid} still runs`);
});
