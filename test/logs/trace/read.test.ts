import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readTraceTimes } from '../../../logs/trace/read.js';
import { officialSample } from '../../reports/trace/officialTrace.js';
import { memorySource } from '../memorySource.js';

const read = (text: string, expected: number | readonly number[]) =>
  readTraceTimes(memorySource(text), typeof expected === 'number' ? expected : Float64Array.from(expected));

const event = (sample: number, dueNs: number, issueStartNs: number, completeNs: number) =>
  officialSample({ sample, query: sample, index: 4, dueNs, issueStartNs, completeNs });
const collection = (micros: string, duration: string) =>
  `{"name":"Garbage collection, minor","cat":"gc","ph":"X","pid":1,"tid":0,"ts":${micros},"dur":${duration},"args":{}},\n`;

test('times count from when the first sample was due, in whole nanoseconds', async () => {
  const text =
    collection('4.500', '2.250') + event(1, 7001, 20, 8) + event(0, 5000, 10, 7) + collection('6.000', '1.000');
  const times = {
    latenciesNs: Float64Array.of(7, 8),
    dueNs: Float64Array.of(0, 2001),
    issueDelayNs: Float64Array.of(10, 20),
    collections: [
      { startNs: -500, durationNs: 2250 },
      { startNs: 1000, durationNs: 1000 },
    ],
  };
  assert.deepEqual(await read(text, 2), times);
  assert.deepEqual(await read(text, [7, 8]), times);
});

test('latencies are put in the order of issue, over chunks of a file', async () => {
  const count = 20_000;
  const text = Array.from({ length: count }, (_, index) => event(count - 1 - index, 0, 0, index)).join('');
  const { latenciesNs } = await readTraceTimes(memorySource(text, 1000), count);
  assert.deepEqual(
    latenciesNs,
    Float64Array.from({ length: count }, (_, index) => count - 1 - index),
  );
});

test('a last line without a break counts', async () =>
  assert.deepEqual((await read(event(0, 0, 0, 7).trimEnd(), 1)).latenciesNs, Float64Array.of(7)));

test('samples in another layout are read beside those in the usual one', async () => {
  const spaced =
    '{"name": "Sample", "cat": "default", "ph": "b", "pid": 1, "id": 0, "ts": 5.25, "args": {"sample_seq": 0, ' +
    '"query_seq": 0, "sample_idx": 3, "issue_start_ns": -11, "complete_ns": 42}},\n';
  const { latenciesNs, issueDelayNs } = await read(spaced + event(1, 9000, 3, 43), 2);
  assert.deepEqual([latenciesNs, issueDelayNs], [Float64Array.of(42, 43), Float64Array.of(-11, 3)]);
});

const PADDING = '{"name":"x"},\n'.repeat(20);
for (const [what, text, expected, message] of [
  ['a sample twice', event(0, 0, 0, 1) + event(0, 0, 0, 2), 2, /found sample_seq 0, for the second time/],
  ['a sample too many', event(0, 0, 0, 1) + event(1, 0, 0, 2), 1, /found sample_seq 1, expected those below 1/],
  ['a sample too few', event(1, 0, 0, 1), 2, /found 1 samples, expected 2/],
  ['another latency', event(0, 0, 0, 5), [7], /found sample_seq 0 with 5 ns, expected 7 ns/],
  ['an event that is cut', event(0, 0, 0, 1).slice(0, 130), 1, /found \{"name":"Sample".*, expected one event/],
  ['a trace without samples', PADDING, 2, /found 0 samples, expected 2/],
  ['other text', 'hello', 2, /found 5 bytes for 2 samples, expected 200 to /],
  ['a line without end', 'x'.repeat(2 << 20), 1, /found a line longer than 1048576 characters/],
] as const) {
  test(`refuses ${what}`, () => assert.rejects(read(text, expected), { code: 'REPORT_TRACE_LOG', message }));
}

/** By a pattern that tries every way to divide a line, 8 kB of these took ten seconds; these are 900 kB. */
const REPEATED = [
  '"ts":1,',
  '"ts":1,"args":{"sample_seq":1,',
  '"ts":1,"sample_seq":1,"issue_start_ns":1,',
  '{"name":"Sample","cat":"default","id":1,"ph":"b",',
  '"cat":"gc",',
  ':""',
];
for (const member of REPEATED) {
  test(`a line that repeats ${member} is read at once`, { timeout: 60_000 }, () =>
    assert.rejects(read(`${member.repeat(Math.floor(900_000 / member.length))}\n${event(0, 0, 0, 1)}`, 2), {
      code: 'REPORT_TRACE_LOG',
    }),
  );
}
