import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LoadGenError } from '../../base/errors.js';
import type { TestSettings } from '../../loadgen/index.js';
import { answeringAfter, EMPTY, type IssueQuery, runTest, type TestRun } from './testRun.js';

const search: Partial<TestSettings> = {
  scenario: 'Server',
  mode: 'FindPeakPerformance',
  serverTargetQps: 1,
  serverTargetLatencyNs: 1e9,
  minQueryCount: 2000,
};

/** Answers one after another, each in `serviceNs`: it keeps up below a rate, and falls behind without bound above. */
function oneServer(serviceNs: number): Pick<TestRun, 'issueQuery' | 'flushQueries'> {
  let freeAtNs = 0;
  const issueQuery: IssueQuery = (samples, responder, clock) => {
    const nowNs = clock.nowNs();
    // Each series begins with an idle server.
    freeAtNs = Math.max(nowNs, freeAtNs > nowNs + 60e9 ? nowNs : freeAtNs) + serviceNs;
    const answer = () => responder.querySamplesComplete(samples.map(({ id }) => ({ id, data: EMPTY })));
    clock.schedule(answer, (freeAtNs - nowNs) / 1e6);
  };
  return { issueQuery, flushQueries: (clock) => clock.advanceTo(freeAtNs) };
}

test('the search ends at a rate that meets the constraint, next to one that does not', async () => {
  const { result, logs } = await runTest({ settings: search, ...oneServer(10e6) });
  assert.ok(result.state === 'completed' && result.performance !== undefined);
  const { targetQps } = result.performance.settings;
  assert.equal(result.performance.performanceConstraint?.met, true);
  assert.ok(targetQps > 64 && targetQps < 128, `${targetQps}`);
  assert.match(logs.detail, /FindBoundaries: Checking fields \[64\.000000, 128\.000000\)/);
  assert.match(logs.detail, /Found boundaries: \[64\.000000, 128\.000000\)/);
  assert.match(logs.detail, new RegExp(`Found peak performance field: ${targetQps.toFixed(6)}`));
});

test('a lower bound that misses the constraint is reported', async () => {
  const { result, logs } = await runTest({ settings: search, issueQuery: answeringAfter(3e9) });
  assert.equal(result.state === 'completed' && result.performance?.valid, false);
  assert.match(logs.detail, /Initial lower bound does not satisfy performance constraints, msg: Reduce target QPS/);
});

test('a system that always keeps up has no peak', async () => {
  const { result } = await runTest({
    settings: { ...search, serverTargetQps: 100, serverFindPeakQpsBoundaryStepSize: 1e6, minDurationMs: 10_000 },
    issueQuery: (samples, responder, clock) =>
      responder.querySamplesComplete(
        samples.map(({ id }) => ({ id, data: EMPTY })),
        clock.nowNs(),
      ),
  });
  assert.equal(result.state === 'brokenOff' && result.reason.code, 'RUN_NO_PEAK');
});

test('the search ends where no rate is too high and no duration bounds the schedule', async () => {
  const { result } = await runTest({
    settings: {
      ...search,
      serverTargetQps: 1e6,
      serverFindPeakQpsBoundaryStepSize: 99,
      minDurationMs: 0,
      minQueryCount: 100,
    },
    issueQuery: (samples, responder, clock) =>
      responder.querySamplesComplete(
        samples.map(({ id }) => ({ id, data: EMPTY })),
        clock.nowNs(),
      ),
  });
  assert.equal(result.state === 'brokenOff' && result.reason.code, 'RUN_NO_PEAK');
});

test('the search is refused outside Server', async () => {
  await assert.rejects(
    runTest({ settings: { ...search, scenario: 'Offline' }, issueQuery: answeringAfter(1) }),
    (error) => error instanceof LoadGenError && /searches in Server only, not in Offline/.test(error.message),
  );
});
