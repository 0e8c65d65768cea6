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

const server = { scenario: 'Server', serverTargetQps: 100, minQueryCount: 5 } as const;

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

test('a counter follows the outstanding queries, up when one is issued and down when it is answered', async () => {
  const events = await traceOf({
    settings: server,
    issueQuery: (samples, responder, clock) =>
      responder.querySamplesComplete(
        samples.map(({ id }) => ({ id, data: EMPTY })),
        clock.nowNs() + 15e6,
      ),
  });
  const counts = events.filter(({ name }) => name === 'Outstanding queries');
  assert.equal(counts.length, 10);
  assert.deepEqual([counts.at(0)?.args?.value, counts.at(-1)?.args?.value], [1, 0]);
  let last = { ts: 0, value: 0 };
  for (const { ts, args } of counts) {
    const value = args?.value ?? Number.NaN;
    assert.equal(Math.abs(value - last.value), 1);
    assert.ok(ts >= last.ts && value >= 0);
    last = { ts, value };
  }
});

test("a counter tells how late each of Server's queries was issued", async () => {
  const events = await traceOf({
    settings: server,
    issueQuery: (samples, responder, clock) => {
      clock.advanceBy(30e6);
      responder.querySamplesComplete(samples.map(({ id }) => ({ id, data: EMPTY })));
    },
  });
  const delays = events.filter(({ name }) => name === 'Issue delay (ns)').map(({ args }) => args?.value ?? Number.NaN);
  assert.equal(delays.length, 5);
  assert.equal(delays[0], 0);
  assert.ok(delays.slice(1).some((ns) => ns > 0));
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
