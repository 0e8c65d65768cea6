import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answeringAfter, runTest } from '../testRun.js';

test('an abort while answers are outstanding ends the run INVALID, with whole logs', async () => {
  const controller = new AbortController();
  const { result, logs } = await runTest({
    issueQuery: () => setImmediate(() => controller.abort()),
    options: { signal: controller.signal },
  });
  assert.equal(result.state === 'brokenOff' && result.reason.code, 'RUN_ABORTED');
  assert.match(
    logs.summary,
    /Result is : INVALID\n[\s\S]*the run was aborted before its end \(RUN_ABORTED\)[\s\S]*1 ERROR encountered/,
  );
});

test('an abort takes effect between queries that are answered at once', async () => {
  const controller = new AbortController();
  let queries = 0;
  const { result } = await runTest({
    settings: { minQueryCount: 1000 },
    issueQuery: (...query) => {
      if (++queries === 10) controller.abort();
      answeringAfter(1)(...query);
    },
    options: { signal: controller.signal },
  });
  assert.equal(result.state, 'brokenOff');
  assert.equal(queries, 10);
});

test('a run that is aborted before it starts issues nothing', async () => {
  let queries = 0;
  const { result } = await runTest({
    issueQuery: () => {
      queries++;
    },
    options: { signal: AbortSignal.abort() },
  });
  assert.deepEqual([result.state, queries], ['brokenOff', 0]);
});

test('timers and signals have their turn while a system answers at once', async () => {
  const controller = new AbortController();
  setImmediate(() => controller.abort());
  const { result } = await runTest({
    settings: { minQueryCount: 1000, singleStreamExpectedLatencyNs: 1e7 },
    issueQuery: answeringAfter(10e6),
    options: { signal: controller.signal },
  });
  assert.equal(result.state, 'brokenOff');
});
