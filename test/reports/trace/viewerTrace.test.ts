import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { TRACE_LOG_NAME } from '../../../logs/trace/read.js';
import { EMPTY, runTest } from '../../loadgen/testRun.js';
import { type DetailValues, newFolder, singleStream, writeTest } from '../figures/runFolders.js';
import { type OfficialSample, officialPhase, officialSample, officialTrace } from './officialTrace.js';
import { viewerTrace } from './viewerText.js';

function folderWith(trace: string, sampleCount: number, values: DetailValues = {}): string {
  const folder = writeTest({ ...singleStream(new Float64Array(sampleCount).fill(1)), ...values });
  writeFileSync(join(folder, TRACE_LOG_NAME), trace);
  return folder;
}

const SERVER = { effective_scenario: '"Server"' };

test('each sample of an official trace is there once, with its index and its times', () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.record({ index: fc.nat(), dueNs: fc.nat(1e15), issueStartNs: fc.nat(1e9), answeredNs: fc.nat(1e9) }),
        { minLength: 1, maxLength: 30 },
      ),
      async (made) => {
        const samples = made.map(
          ({ issueStartNs, answeredNs, ...others }, sample): OfficialSample => ({
            ...{ ...others, sample, query: sample, issueStartNs },
            completeNs: issueStartNs + answeredNs,
          }),
        );
        // In the order of completion, as the official program has it.
        const text = officialTrace(...samples.toReversed().map(officialSample));
        const { traceEvents } = await viewerTrace(folderWith(text, samples.length));
        const shown = traceEvents.filter(({ ph, id }) => ph === 'b' && id !== undefined);
        const ends = new Map(traceEvents.filter(({ ph }) => ph === 'e').map(({ id, ts }) => [id, ts]));
        assert.equal(ends.size, samples.length);
        assert.deepEqual(
          shown.toReversed().map(({ id, ts, args }) => ({ id, ts, endTs: ends.get(id), args })),
          samples.map(({ sample, query, index, dueNs, issueStartNs, completeNs }) => ({
            id: sample,
            ts: dueNs / 1000,
            endTs: (dueNs + completeNs) / 1000,
            args: {
              ...{ sample_idx: index, sample_seq: sample, query_seq: query },
              ...{ issue_start_ns: issueStartNs, complete_ns: completeNs },
            },
          })),
        );
      },
    ),
    { numRuns: 25 },
  ));

const query = (
  sample: number,
  of: number,
  dueNs: number,
  issueStartNs: number,
  completeNs: number,
): OfficialSample => ({
  ...{ sample, query: of, index: sample, dueNs },
  ...{ issueStartNs, completeNs },
});

async function counters(folder: string, name: string) {
  const { traceEvents } = await viewerTrace(folder);
  return traceEvents
    .filter((event) => event.ph === 'C' && event.name === name)
    .map(({ ts, args }) => [ts, ...Object.values(args ?? {})]);
}

test('a counter says how many queries were outstanding; one counts until its last sample is answered', async () => {
  const samples = [query(0, 0, 1000, 0, 5000), query(1, 0, 1000, 0, 8000), query(2, 1, 2000, 1000, 2000)];
  assert.deepEqual(await counters(folderWith(officialTrace(...samples.map(officialSample)), 3), 'Outstanding'), [
    [1, 1],
    [3, 2],
    [4, 1],
    [9, 0],
  ]);
});

test("Server's queries have a counter of how late each was issued, at its issue", async () => {
  const samples = [query(0, 0, 1000, 20, 5000), query(1, 1, 2000, 1000, 2000)];
  const text = officialTrace(...samples.map(officialSample));
  assert.deepEqual(await counters(folderWith(text, 2, SERVER), 'Issue delay'), [
    [1.02, 20],
    [3, 1000],
  ]);
  assert.deepEqual(await counters(folderWith(text, 2), 'Issue delay'), []);
});

test('threads are named after what they do, with the id that the system gave them', async () => {
  const folder = folderWith(
    officialTrace(
      officialPhase('QuerySamplesComplete', 71, 0, 10),
      officialPhase('IssueQuery', 71, 0, 20),
      officialPhase('QuerySamplesComplete', 72, 5, 10),
      officialPhase('Gather', 73, 5, 10),
      officialPhase('IOThreadLoop', 73, -162_061, 262_061),
      officialPhase('Else', 281474976710655, 5, 10),
      officialSample(query(0, 0, 1, 0, 1)),
    ),
    1,
  );
  const { traceEvents, otherData } = await viewerTrace(folder);
  assert.deepEqual(
    traceEvents.filter(({ ph }) => ph === 'M').map(({ name, tid, args }) => [name, tid, args?.name]),
    [
      ['process_name', 1, 'SingleStream: sut'],
      ['thread_name', 1, 'samples'],
      ['thread_name', 2, 'issues queries (thread 71)'],
      ['thread_name', 3, 'answers queries (thread 72)'],
      ['thread_name', 4, 'writes logs (thread 73)'],
      ['thread_name', 5, 'other (thread 281474976710655)'],
    ],
  );
  // What began before the trace is cut off there.
  const loop = traceEvents.find(({ name }) => name === 'IOThreadLoop');
  assert.deepEqual([loop?.tid, loop?.ts, loop?.dur], [4, 0, 100]);
  assert.deepEqual(otherData, {
    ...{ scenario: 'SingleStream', mode: 'PerformanceOnly' },
    ...{ sutName: 'sut', loadgenVersion: '6.0.17' },
  });
});

test('text that the official program puts into quotes twice is read', async () => {
  const texts = ['', "====;MLPerf Results;'quoted'", '<b>\\path\t</b>'];
  const phases = texts.map((text) => officialPhase('LogSummary', 71, 0, 1, `"message":""${text}"","count":3`));
  const { traceEvents } = await viewerTrace(
    folderWith(officialTrace(...phases, officialSample(query(0, 0, 0, 0, 1))), 1),
  );
  const shown = traceEvents.filter(({ ph }) => ph === 'X').map(({ args }) => args);
  assert.deepEqual(
    shown,
    texts.map((message) => ({ message, count: 3 })),
  );
});

test('a trace of ours goes the same way', async () => {
  const { logs } = await runTest({
    settings: { scenario: 'Server', serverTargetQps: 100, minQueryCount: 5 },
    issueQuery: (samples, responder, clock) => {
      clock.advanceBy(30e6);
      responder.querySamplesComplete(samples.map(({ id }) => ({ id, data: EMPTY })));
    },
  });
  const folder = newFolder();
  writeFileSync(join(folder, 'mlperf_log_detail.txt'), logs.detail);
  writeFileSync(join(folder, TRACE_LOG_NAME), logs.trace);
  const { traceEvents } = await viewerTrace(folder);
  const of = (phase: string) => traceEvents.filter(({ ph }) => ph === phase).map(({ name }) => name);
  assert.deepEqual(of('b'), Array(5).fill('Sample'));
  assert.deepEqual(of('X'), ['LoadSamplesToRam', 'PerformanceOnly']);
  const own = JSON.parse(logs.trace).traceEvents.filter((event: { ph: string }) => event.ph === 'b');
  assert.deepEqual(
    traceEvents.filter(({ ph }) => ph === 'b').map(({ ts, args }) => [ts, args]),
    own.map(({ ts, args }: { ts: number; args: object }) => [ts, args]),
  );
  const counts = (await counters(folder, 'Outstanding')).map(([, count]) => Number(count));
  assert.deepEqual([counts.length, counts[0], counts.at(-1)], [10, 1, 0]);
  for (const [index, count] of counts.entries()) assert.equal(Math.abs(count - (counts[index - 1] ?? 0)), 1);
  const delaysNs = (await counters(folder, 'Issue delay')).map(([, ns]) => Number(ns));
  assert.deepEqual([delaysNs.length, delaysNs[0]], [5, 0]);
  assert.ok(delaysNs.slice(1).some((ns) => ns > 0));
});
