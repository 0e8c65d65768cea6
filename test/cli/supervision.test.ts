import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Running, SHORT_CONF, SIX_PAIRS, start, temporaryFile, temporaryFolder } from './loadgen.js';

const isWindows = process.platform === 'win32';
const ANSWER = `responder.querySamplesComplete(samples.map(({ id }) => ({ id, data: new Uint8Array(8192).fill(1) })))`;

interface Behaviour {
  readonly create?: string;
  readonly issue?: string;
  readonly close?: string;
}

/** Runs one performance test of a system that does this. */
async function startRun(t: TestContext, { create = '', issue = ANSWER, close = '' }: Behaviour, more: string[] = []) {
  const plugin = await temporaryFile(
    t,
    'scripted.mjs',
    `export default { interfaceVersion: 1, kind: 'systemUnderTest', name: 'scripted',
      async createSystemUnderTest() {
        ${create}
        return { name: 'scripted', configuration: {},
          issueQuery(samples, responder) { ${issue} }, flushQueries() {}, async close() { ${close} } };
      } };`,
  );
  const output = await temporaryFolder(t);
  const pairs = ['--pairs-file', await temporaryFile(t, 'pairs.txt', SIX_PAIRS)];
  const what = ['--scenario', 'SingleStream', '--mode', 'PerformanceOnly', '--output', output, ...pairs];
  const conf = ['--user-conf', await temporaryFile(t, 'user.conf', SHORT_CONF)];
  const run: Running = start(['run', '--sut', plugin, ...what, ...conf, ...more]);
  return { run, logs: join(output, 'SingleStream', 'performance', 'run_1') };
}

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
