import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Pause } from '../../loadgen/platform.js';
import { VirtualClock } from '../virtualClock.js';
import { EMPTY, runTest } from './testRun.js';

/** A run on whose machine there were these pauses, from its start on. */
async function runWithPauses(pauses: readonly Pause[] | undefined) {
  const clock = new VirtualClock();
  const { result, logs } = await runTest({
    clock,
    issueQuery: (samples, responder) => responder.querySamplesComplete(samples.map(({ id }) => ({ id, data: EMPTY }))),
    options: {
      startMonitor: () => {
        const originNs = clock.nowNs();
        const moved = pauses?.map((pause) => ({ ...pause, startNs: originNs + pause.startNs }));
        const still = { eventLoopDelayP99Ns: 0, eventLoopDelayMaxNs: 0, collectionTimes: [] };
        return async () => ({ ...still, pauses: moved });
      },
    },
  });
  assert.equal(result.state, 'completed');
  return logs;
}

test('a pause of the machine is a warning in detail and summary, counted from the start of the series', async () => {
  const logs = await runWithPauses([{ startNs: 2.5e9, durationNs: 5e9 }]);
  const text = 'Nothing ran for 5.00 s, from 2.50 s after the start on';
  assert.match(logs.detail, new RegExp(`"harness_warning", "value": "${text}.*"is_warning": true`));
  assert.match(logs.detail, /"harness_pauses_ms", "value": \[2500,5000\]/);
  assert.match(logs.summary, new RegExp(`WARNING: ${text}`));
  assert.match(logs.summary, /^1 warning encountered/m);
});

test('if nothing watched for pauses, detail and summary say that none is known', async () => {
  const logs = await runWithPauses(undefined);
  const text = 'Whether the machine slept or the process was stopped is not known';
  assert.match(logs.detail, new RegExp(`"harness_warning", "value": "${text}.*"is_warning": true`));
  assert.doesNotMatch(logs.detail, /harness_pauses_ms/);
  assert.match(logs.summary, new RegExp(`WARNING: ${text}`));
});
