/**
 * A full-length SingleStream run with logs on disk and no trace: does it finish, how much memory does it need, and how
 * long do figures and logs take at the end? The system computes nothing and answers after LATENCY_US, which it waits for
 * in turns of the event loop. `node dist/bench/longRun.js [SECONDS] [LATENCY_US]`
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  defaultLogSettings,
  defaultTestSettings,
  monotonicClock,
  type SystemUnderTest,
  startTest,
} from '../platform/node/index.js';
import { emptyLibrary } from './bareHarness.js';

const seconds = Number(process.argv[2] ?? 600);
const latencyUs = Number(process.argv[3] ?? 20);
/** The LoadGen generates twice as many queries as this latency suggests: enough, and no more than fit into memory. */
const EXPECTED_TO_REAL_LATENCY = 1.8;

const settings = {
  ...defaultTestSettings(),
  minDurationMs: seconds * 1000,
  singleStreamExpectedLatencyNs: latencyUs * EXPECTED_TO_REAL_LATENCY * 1000,
};
const sut: SystemUnderTest = {
  name: 'answers late',
  issueQuery: ([sample], responder) => {
    const response = [{ id: sample?.id ?? -1, data: new Uint8Array(0) }];
    const dueNs = monotonicClock.nowNs() + latencyUs * 1000;
    const turn = () => {
      if (monotonicClock.nowNs() >= dueNs) responder.querySamplesComplete(response);
      else setImmediate(turn);
    };
    setImmediate(turn);
  },
  flushQueries: () => {},
};

const outdir = mkdtempSync(join(tmpdir(), 'long-run-'));
const rssBefore = process.memoryUsage.rss();
const startMs = performance.now();
const result = await startTest(sut, emptyLibrary, settings, { ...defaultLogSettings(), outdir, enableTrace: false });
const wholeSeconds = (performance.now() - startMs) / 1000;
if (result.state === 'brokenOff') throw result.reason;
const { performance: summary } = result;
if (summary === undefined) throw new Error('the run has no figures');

const rssGrowth = process.resourceUsage().maxRSS * 1024 - rssBefore;
const detail = readFileSync(join(outdir, 'mlperf_log_detail.txt'), 'utf8');
rmSync(outdir, { recursive: true });
console.log(`${summary.valid ? 'VALID' : 'INVALID'}, ${summary.queryCount} queries, ${result.errors} errors`);
console.log(`${wholeSeconds.toFixed(1)} s in all for ${seconds} s of queries`);
console.log(
  `at most ${(rssGrowth / 2 ** 20).toFixed(0)} MiB more than before: ${(rssGrowth / summary.queryCount).toFixed(1)} bytes a query`,
);
for (const [, entry] of detail.matchAll(/^:::MLLOG \{("key": "(?:harness|result_(?:mean|9))[^}]*?), "time_ms/gm))
  console.log(entry);
