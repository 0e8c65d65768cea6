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

const WORKER = 'test/platform/browser/inBrowser/worker.ts';

/** A second of queries, of which some time passes between each two. */
const SERVER = { scenario: 'Server', serverTargetQps: 100, minQueryCount: 100, minDurationMs: 1000 } as const;

let page: WorkerPage;
if (needsChromium.skip === false) {
  before(async () => {
    page = await openWorkerPage(WORKER);
  });
  after(() => page.close());
}

/** The log files of a run in the worker, by name. */
async function run(settings: object, of = page): Promise<{ state: string; texts: Map<string, string> }> {
  const { state, files } = runSchema.parse(await of.ask({ what: 'run', settings }));
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

/** For as long as it takes to spoil it. */
const LONG_SERVER = { ...SERVER, minDurationMs: 60_000 };

/** Runs Server, and does something to the browser meanwhile. Returns why it was INVALID. */
async function reasonWhen(act: () => Promise<void>, settings: object = LONG_SERVER, of = page): Promise<string> {
  const running = run(settings, of);
  await sleep(300);
  await act();
  const { state, texts } = await running;
  assert.equal(state, 'brokenOff');
  const log = await detailOf(texts);
  assert.equal(log.string('result_validity'), 'INVALID');
  return log.string('result_invalid_reason');
}

const HIDDEN = /^the page was hidden during the test: .*\(RUN_PAGE_HIDDEN\)$/;

test(
  'a page behind another tab makes the test INVALID, and measures again when it is back',
  needsChromium,
  async () => {
    const other = await page.page.browser().newPage();
    await page.page.bringToFront();
    assert.match(await reasonWhen(() => other.bringToFront()), HIDDEN);
    await other.close();
    await page.page.bringToFront();
    assert.equal((await run(SERVER)).state, 'completed');
  },
);

test('a page whose window is minimized makes the test INVALID', needsChromium, async () => {
  const session = await page.page.createCDPSession();
  const { windowId } = await session.send('Browser.getWindowForTarget');
  const show = (windowState: 'minimized' | 'normal') =>
    session.send('Browser.setWindowBounds', { windowId, bounds: { windowState } });
  assert.match(await reasonWhen(() => show('minimized')), HIDDEN);
  await show('normal');
});

test('a browser that stands still for longer than a second makes the test INVALID', needsChromium, async () => {
  const session = await page.page.browser().target().createCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  const signal = (name: 'SIGSTOP' | 'SIGCONT') => {
    for (const { id } of processInfo) process.kill(id, name);
  };
  const stop = async () => {
    signal('SIGSTOP');
    await sleep(1500);
    signal('SIGCONT');
  };
  assert.match(await reasonWhen(stop, SERVER), /^nothing ran for 1\.\d s of the test: .*\(RUN_DEVICE_SLEPT\)$/);
});

test('a browser whose battery saver is on makes the test INVALID', needsChromium, async () => {
  const saving = await openWorkerPage(WORKER, { savesPower: true });
  try {
    const reason = await reasonWhen(async () => {}, LONG_SERVER, saving);
    assert.match(reason, /^the browser shows only 30 frames a second: .*\(RUN_POWER_SAVING\)$/);
  } finally {
    await saving.close();
  }
});
