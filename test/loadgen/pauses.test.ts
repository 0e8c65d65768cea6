import assert from 'node:assert/strict';
import { test } from 'node:test';
import { VirtualClock } from '../virtualClock.js';
import { runTest } from './testRun.js';

test('a pause of the machine is a warning in detail and summary, counted from the start of the series', async () => {
  const clock = new VirtualClock();
  const { result, logs } = await runTest({
    clock,
    issueQuery: (samples, responder) =>
      responder.querySamplesComplete(samples.map(({ id }) => ({ id, data: new Uint8Array() }))),
    options: {
      startMonitor: () => {
        const startNs = clock.nowNs();
        const none = { garbageCollections: 0, garbageCollectionTotalNs: 0, garbageCollectionMaxNs: 0 };
        const pauses = [{ startNs: startNs + 2.5e9, durationNs: 5e9 }];
        return async () => ({ ...none, eventLoopDelayP99Ns: 0, eventLoopDelayMaxNs: 0, pauses, collectionTimes: [] });
      },
    },
  });
  assert.equal(result.state, 'completed');
  const text = 'Nothing ran for 5.00 s, from 2.50 s after the start on';
  assert.match(logs.detail, new RegExp(`"harness_warning", "value": "${text}.*"is_warning": true`));
  assert.match(logs.detail, /"harness_pauses_ms", "value": \[2500,5000\]/);
  assert.match(logs.summary, new RegExp(`WARNING: ${text}`));
  assert.match(logs.summary, /^1 warning encountered/m);
});
