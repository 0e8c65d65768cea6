import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answeringAfter, EMPTY, runTest } from '../testRun.js';

const settings = { scenario: 'Server', serverTargetQps: 1000, serverTargetLatencyNs: 5e6, minQueryCount: 500 } as const;

test('a query is issued when it is due, and its latency counts from then', async () => {
  const { result } = await runTest({
    settings,
    issueQuery: (samples, responder, clock) =>
      clock.schedule(() => responder.querySamplesComplete(samples.map(({ id }) => ({ id, data: EMPTY }))), 3),
    flushQueries: (clock) => clock.advanceBy(3e6),
  });
  const performance = result.state === 'completed' ? result.performance : undefined;
  assert.ok(performance?.figures.scenario === 'Server');
  assert.deepEqual(
    [performance.latency.minNs, performance.latency.maxNs, performance.harness?.issueDelay?.maxNs],
    [3e6, 3e6, 0],
  );
  assert.equal(performance.valid, true);
});

test('a system that holds up the issuing thread makes queries late, which their latency includes', async () => {
  const { result, logs } = await runTest({ settings, issueQuery: answeringAfter(2e6) });
  const performance = result.state === 'completed' ? result.performance : undefined;
  assert.ok(performance?.figures.scenario === 'Server');
  const { overlatencyQueryCount } = performance.figures;
  const issueDelay = performance.harness?.issueDelay;
  assert.ok(issueDelay !== undefined);
  // Each query takes twice as long as queries are apart: the last of 500 is about half a second late.
  assert.ok(issueDelay.maxNs > 300e6 && issueDelay.maxNs < 700e6);
  assert.equal(performance.latency.maxNs, issueDelay.maxNs + 2e6);
  assert.ok(overlatencyQueryCount > 400);
  assert.match(logs.summary, /Performance constraints satisfied : NO[\s\S]* \* Reduce target QPS to improve latency\./);
  assert.match(logs.detail, /"harness_warning", "value": "\d+ ns pass outside a query's latency/);
});

test('too many outstanding queries end a run early', async () => {
  const pending: (() => void)[] = [];
  const { result, logs } = await runTest({
    settings: { ...settings, serverMaxAsyncQueries: 7 },
    issueQuery: (samples, responder, clock) => {
      pending.push(() => answeringAfter(0)(samples, responder, clock));
    },
    flushQueries: () => {
      for (const answer of pending) answer();
    },
  });
  assert.equal(result.state === 'completed' && result.performance?.queryCount, 8);
  assert.match(logs.detail, /Too many outstanding queries\. issued 8 outstanding 8/);
});

test('queries that are due go out together where they may', async () => {
  const sizes: number[] = [];
  const { result } = await runTest({
    settings: { ...settings, serverCoalesceQueries: true },
    issueQuery: (samples, responder, clock) => {
      sizes.push(samples.length);
      answeringAfter(10e6)(samples, responder, clock);
    },
  });
  assert.equal(result.state === 'completed' && result.performance?.queryCount, 500);
  assert.equal(
    sizes.reduce((sum, size) => sum + size, 0),
    500,
  );
  assert.ok(Math.max(...sizes) > 1);
});
