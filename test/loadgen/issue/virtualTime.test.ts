import assert from 'node:assert/strict';
import { test } from 'node:test';
import { discardLogs } from '../../../platform/node/logFiles.js';
import { answeringAfter, type IssueQuery, runTest } from '../testRun.js';

async function performanceOf(run: Parameters<typeof runTest>[0]) {
  const { result } = await runTest(run);
  assert.ok(result.state === 'completed' && result.performance !== undefined);
  return result.performance;
}

test('SingleStream goes on until the minimum duration is met, and takes exact latencies', async () => {
  const performance = await performanceOf({
    settings: { minDurationMs: 1000, minQueryCount: 5, singleStreamExpectedLatencyNs: 10e6 },
    issueQuery: answeringAfter(10e6),
  });
  // The query issued at exactly one second is the first that may be the last.
  assert.deepEqual([performance.queryCount, performance.latency.minNs, performance.latency.maxNs], [101, 10e6, 10e6]);
  assert.equal(performance.valid, true);
  assert.deepEqual(performance.figures, { scenario: 'SingleStream', qpsWithOverhead: 100, qpsWithoutOverhead: 100 });
});

test('SingleStream without enough generated queries is INVALID and says what to change', async () => {
  const performance = await performanceOf({
    settings: { minDurationMs: 1000, minQueryCount: 5, singleStreamExpectedLatencyNs: 20e6 },
    issueQuery: answeringAfter(5e6),
  });
  assert.equal(performance.valid, false);
  assert.match(performance.minDuration.recommendation, /Decrease the expected latency/);
});

test('Offline counts latency from the start of the run, whenever an answer comes', async () => {
  const oneByOne: IssueQuery = (samples, responder, clock) => {
    for (const sample of samples) answeringAfter(1e6)([sample], responder, clock);
  };
  const performance = await performanceOf({
    settings: { scenario: 'Offline', minQueryCount: 200 },
    issueQuery: oneByOne,
  });
  assert.deepEqual(
    [performance.latency.minNs, performance.latency.maxNs, performance.figures],
    [1e6, 200e6, { scenario: 'Offline', samplesPerSecond: 1000 }],
  );
});

test("a completion's own time counts, where the system says it", async () => {
  const performance = await performanceOf({
    issueQuery: (samples, responder, clock) => {
      const issuedNs = clock.nowNs();
      clock.advanceBy(9000);
      responder.querySamplesComplete(
        samples.map(({ id }) => ({ id, data: new Uint8Array() })),
        issuedNs + 4000,
      );
    },
  });
  assert.equal(performance.latency.maxNs, 4000);
});

test('answers may come later, in any order and in parts', async () => {
  const later: IssueQuery = (samples, responder, clock) => {
    for (const sample of samples.toReversed()) setImmediate(() => answeringAfter(1000)([sample], responder, clock));
  };
  const performance = await performanceOf({ settings: { scenario: 'Offline', minQueryCount: 50 }, issueQuery: later });
  assert.deepEqual([performance.sampleCount, performance.latency.maxNs], [50, 50_000]);
});

test('a million samples in one Offline query', async () => {
  const performance = await performanceOf({
    settings: { scenario: 'Offline', minQueryCount: 1_000_000 },
    issueQuery: answeringAfter(1e9),
    options: { openLogs: discardLogs },
  });
  assert.deepEqual(
    [performance.sampleCount, performance.figures],
    [1_000_000, { scenario: 'Offline', samplesPerSecond: 1_000_000 }],
  );
});

test('max_duration ends a run early', async () => {
  const { result, logs } = await runTest({
    settings: { minDurationMs: 1000, maxDurationMs: 500, singleStreamExpectedLatencyNs: 10e6 },
    issueQuery: answeringAfter(10e6),
  });
  assert.ok(result.state === 'completed' && result.performance?.queryCount === 52);
  assert.match(logs.detail, /Max test duration reached\. duration_ns 510000000/);
});
