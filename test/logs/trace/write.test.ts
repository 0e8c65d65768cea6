import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EMPTY, runTest } from '../../loadgen/testRun.js';

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly cat?: string;
  readonly ts: number;
  readonly id?: number;
  readonly args?: Record<string, number>;
}

async function traceOf(run: Parameters<typeof runTest>[0]): Promise<TraceEvent[]> {
  return JSON.parse((await runTest(run)).logs.trace).traceEvents;
}

test('each sample is an asynchronous event from when it was due until it was answered', async () => {
  const events = await traceOf({
    settings: { minQueryCount: 3 },
    issueQuery: (samples, responder, clock) => {
      clock.advanceBy(2500);
      responder.querySamplesComplete(samples.map(({ id }) => ({ id, data: EMPTY })));
    },
  });
  const samples = events.filter(({ name }) => name === 'Sample');
  assert.deepEqual(
    samples.map(({ ph, id, ts }) => [ph, id, ts]),
    [0, 1, 2].flatMap((id) => [
      ['b', id, id * 2.5],
      ['e', id, (id + 1) * 2.5],
    ]),
  );
  assert.deepEqual(samples[2]?.args, {
    ...samples[2]?.args,
    sample_seq: 1,
    query_seq: 1,
    issue_start_ns: 0,
    complete_ns: 2500,
  });
});

test('loading and issuing stand in the trace as phases', async () => {
  const events = await traceOf({
    settings: { mode: 'SubmissionRun', minQueryCount: 3 },
    issueQuery: (samples, responder) => responder.querySamplesComplete(samples.map(({ id }) => ({ id, data: EMPTY }))),
  });
  assert.deepEqual(
    events.filter(({ ph, cat }) => ph === 'X' && cat !== 'gc').map(({ name }) => name),
    ['LoadSamplesToRam', 'AccuracyOnly', 'LoadSamplesToRam', 'PerformanceOnly'],
  );
});
