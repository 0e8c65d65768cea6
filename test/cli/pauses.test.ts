import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { checkedResult } from '../reports/result/checkResult.js';
import { loadgen, temporaryFile } from './loadgen.js';
import { ANSWER, startRun } from './scriptedRun.js';

const NO_SIGNALS = process.platform === 'win32' && 'Windows has no SIGSTOP';
/** A pause is seen to the interval at which two threads look at the clock. */
const INTERVAL_MS = 100;
/** How much later than it is told a busy machine may stop or continue a process. */
const NOISE_MS = 4000;

type Who = 'the measuring process' | 'the command and the measuring process';

/** Stops processes while queries are out, and continues them. */
async function stopDuringRun(t: TestContext, who: Who, stopMs: number, more: string[] = []) {
  const file = await temporaryFile(t, 'pid', '');
  const create = 'const { writeFileSync } = await import("node:fs"); let count = 0;';
  const tell = `if (++count === 20) writeFileSync(${JSON.stringify(file)}, String(process.pid));`;
  const issue = `${tell} setTimeout(() => ${ANSWER}, 20);`;
  const { run, output, logs } = await startRun(t, { create, issue }, ['--warm-up', '0', ...more]);
  let pid = 0;
  while (pid === 0) {
    await sleep(20);
    pid = Number(await readFile(file, 'utf8'));
  }
  const pids = who === 'the measuring process' ? [pid] : [Number(run.process.pid), pid];
  const startMs = performance.now();
  for (const one of pids) process.kill(one, 'SIGSTOP');
  await sleep(stopMs);
  for (const one of pids) process.kill(one, 'SIGCONT');
  const stoppedMs = performance.now() - startMs;
  return { ended: await run.ended, output, logs, stoppedMs };
}

async function summaryIn(logs: string): Promise<string> {
  return readFile(join(logs, 'mlperf_log_summary.txt'), 'utf8');
}

test('a stopped process is a pause in summary, table and JSON', { skip: NO_SIGNALS }, async (t) => {
  const { ended, output, logs, stoppedMs } = await stopDuringRun(t, 'the measuring process', 2500);
  assert.equal(ended.exitCode, 0, ended.stderr);
  const told = [...(await summaryIn(logs)).matchAll(/^WARNING: Nothing ran for ([\d.]+) s/gm)];
  assert.equal(told.length, 1);
  assert.match(await summaryIn(logs), /^Used by other processes +: [\d.]+ %$/m);
  const durationMs = Number(told[0]?.[1]) * 1000;
  const isPlausible = durationMs > stoppedMs - 2 * INTERVAL_MS && durationMs < stoppedMs + NOISE_MS;
  assert.ok(isPlausible, `${durationMs} ms for ${stoppedMs} ms`);
  assert.equal(ended.stdout.match(/WARNING: Nothing ran for [\d.]+ s/g)?.length, 1, ended.stdout);
  assert.equal((await loadgen(['export', output, '--json'])).exitCode, 0);
  const { tests } = checkedResult(await readFile(join(output, 'result.json'), 'utf8'));
  const pauses = tests.flatMap((one) => one.pauses ?? []);
  assert.equal(pauses.length, 1);
  // The text has hundredths of a second, the JSON thousandths, and each is rounded by itself.
  const differenceMs = Math.abs(Number(pauses[0]?.durationMs) - durationMs);
  assert.ok(differenceMs <= 6, `${pauses[0]?.durationMs} ms in JSON, ${durationMs} ms in the text`);
});

test('the time in which command and measuring process stood still is no silence of the system', {
  skip: NO_SIGNALS,
}, async (t) => {
  // The command waits for five seconds more than that.
  const who = 'the command and the measuring process';
  const { ended, logs } = await stopDuringRun(t, who, 7500, ['--response-timeout', '1']);
  assert.equal(ended.exitCode, 0, ended.stderr + ended.stdout);
  assert.match(await summaryIn(logs), /^WARNING: Nothing ran for /m);
});

test('a system that holds up the issuing thread without computing is no pause', async (t) => {
  const create = 'let count = 0;';
  const wait = 'if (++count === 20) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1500);';
  const { run, logs } = await startRun(t, { create, issue: `${wait} ${ANSWER}` }, ['--warm-up', '0']);
  const { exitCode, stderr } = await run.ended;
  assert.equal(exitCode, 0, stderr);
  assert.doesNotMatch(await summaryIn(logs), /Nothing ran|is not known/);
});
