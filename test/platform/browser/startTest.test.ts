import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { TEST_SCENARIOS } from '../../../loadgen/index.js';
import { readDetailLog } from '../../../logs/detail/read.js';
import { LogValues } from '../../../logs/detail/values.js';
import { openWorkerPage, type WorkerPage } from '../../browser/workerPage.js';
import { memorySource } from '../../logs/memorySource.js';
import { needsChromium } from '../../reports/html/chromium.js';

const clockSchema = z.object({
  stepNs: z.number(),
  latenesses: z.array(z.number()).length(50),
  turnNs: z.number(),
  canceledRan: z.boolean(),
  timerRan: z.boolean(),
});
const runSchema = z.object({
  state: z.string(),
  files: z.array(z.object({ name: z.string(), content: z.unknown() })),
});

/** A second of queries, of which some time passes between each two. */
const SERVER = { scenario: 'Server', serverTargetQps: 100, minQueryCount: 100, minDurationMs: 1000 } as const;

let page: WorkerPage;
if (needsChromium.skip === false) {
  before(async () => {
    page = await openWorkerPage('test/platform/browser/inBrowser/worker.ts');
  });
  after(() => page.close());
}

/** The log files of a run in the worker, by name. */
async function run(settings: object): Promise<{ state: string; texts: Map<string, string> }> {
  const { state, files } = runSchema.parse(await page.ask({ what: 'run', settings }));
  return { state, texts: new Map(files.map(({ name, content }) => [name, String(content)])) };
}

async function detailOf(texts: ReadonlyMap<string, string>): Promise<LogValues> {
  return new LogValues(await readDetailLog(memorySource(texts.get('mlperf_log_detail.txt') ?? '')));
}

test('the clock of an isolated page goes in steps of 5 us, and wakes nobody early', needsChromium, async () => {
  const clock = clockSchema.parse(await page.ask({ what: 'clock' }));
  assert.equal(clock.stepNs, 5000);
  assert.deepEqual(
    clock.latenesses.filter((ns) => !(ns >= 0)),
    [],
  );
});

test('turns leave timers theirs, and do not come if they are called off', needsChromium, async () => {
  const clock = clockSchema.parse(await page.ask({ what: 'clock' }));
  assert.equal(clock.timerRan, true);
  assert.equal(clock.canceledRan, false);
});

for (const scenario of TEST_SCENARIOS) {
  test(`${scenario} leaves whole logs, which say in what steps the clock goes`, needsChromium, async () => {
    const { state, texts } = await run({ scenario, serverTargetQps: 3000, minQueryCount: 300, minDurationMs: 50 });
    assert.equal(state, 'completed');
    assert.deepEqual(
      [...texts.keys()].sort(),
      ['accuracy.json', 'detail.txt', 'latencies_ns.bin', 'summary.txt', 'trace.json'].map(
        (name) => `mlperf_log_${name}`,
      ),
    );
    const log = await detailOf(texts);
    assert.equal(log.string('effective_scenario'), scenario);
    assert.equal(log.number('harness_clock_step_ns'), 5000);
    assert.equal(log.has('harness_gc_pause_count'), false);
    assert.equal(log.has('harness_page_long_task_count'), true);
    assert.match(texts.get('mlperf_log_summary.txt') ?? '', /^Step of the clock \(ns\) {10}: 5000$/m);
  });
}

/** Runs Server, and does something to the browser meanwhile. Returns why it was INVALID. */
async function reasonWhen(act: () => Promise<void>): Promise<string> {
  const running = run(SERVER);
  await sleep(300);
  await act();
  const { state, texts } = await running;
  assert.equal(state, 'brokenOff');
  const log = await detailOf(texts);
  assert.equal(log.string('result_validity'), 'INVALID');
  return log.string('result_invalid_reason');
}

/** What the page sees when another tab comes to the front; a headless browser shows all of its tabs. */
const hide = (
  state: string,
) => `Object.defineProperty(document, 'visibilityState', { value: '${state}', configurable: true });
  document.dispatchEvent(new Event('visibilitychange'));`;

test('a page that is hidden during a test makes it INVALID', needsChromium, async () => {
  const reason = await reasonWhen(() => page.page.evaluate(hide('hidden')));
  assert.match(reason, /^the page was hidden during the test: .*\(RUN_PAGE_HIDDEN\)$/);
  await page.page.evaluate(hide('visible'));
  assert.equal((await run(SERVER)).state, 'completed');
});

test('a browser that stands still for longer than a second makes the test INVALID', needsChromium, async () => {
  const session = await page.page.context().browser()?.newBrowserCDPSession();
  const { processInfo = [] } = (await session?.send('SystemInfo.getProcessInfo')) ?? {};
  const signal = (name: 'SIGSTOP' | 'SIGCONT') => {
    for (const { id } of processInfo) process.kill(id, name);
  };
  const reason = await reasonWhen(async () => {
    signal('SIGSTOP');
    await sleep(1500);
    signal('SIGCONT');
  });
  assert.match(reason, /^nothing ran for 1\.\d s of the test: .*\(RUN_DEVICE_SLEPT\)$/);
});
