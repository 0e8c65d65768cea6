import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readTraceTimes } from '../../../logs/trace/read.js';
import { memorySource } from '../memorySource.js';

const read = (text: string, latenciesNs: readonly number[]) =>
  readTraceTimes(memorySource(text), Float64Array.from(latenciesNs));

const event = (sample: number, micros: string, delayNs: number, ns: number) =>
  `{"ph":"b","ts":${micros},"args":{"sample_seq":${sample},"sample_idx":4,"issue_start_ns":${delayNs},"complete_ns":${ns}}},\n`;
const collection = (micros: string, duration: string) =>
  `{"name":"Garbage collection, minor","cat":"gc","ph":"X","pid":1,"tid":0,"ts":${micros},"dur":${duration},"args":{}},\n`;

test('times count from when the first sample was due, in whole nanoseconds', async () => {
  const text =
    collection('4.500', '2.250') + event(1, '7.001', 20, 8) + event(0, '5.000', 10, 7) + collection('6.000', '1.000');
  assert.deepEqual(await read(text, [7, 8]), {
    dueNs: Float64Array.of(0, 2001),
    issueDelayNs: Float64Array.of(10, 20),
    collections: [
      { startNs: -500, durationNs: 2250 },
      { startNs: 1000, durationNs: 1000 },
    ],
  });
});

test("the official program's spelling is read, spaces and all", async () => {
  const text =
    '{"name": "Sample", "cat": "default", "ph": "b", "pid": 1, "id": 0, "ts": 5.25, "args": {"sample_seq": 0, ' +
    '"query_seq": 0, "sample_idx": 3, "issue_start_ns": 11, "complete_ns": 42}},\n';
  assert.deepEqual((await read(text, [42])).issueDelayNs, Float64Array.of(11));
});

for (const [what, text, message] of [
  ['another latency', event(0, '1', 0, 5), /found sample_seq 0 with 5 ns, expected 7 ns once/],
  ['a sample twice', event(0, '1', 0, 7) + event(0, '1', 0, 7), /found sample_seq 0 with 7 ns, expected 7 ns once/],
  ['a sample too many', event(1, '1', 0, 7), /found sample_seq 1 with 7 ns, expected no such sample/],
  ['no sample', collection('1', '2'), /found 0 samples, expected 1/],
] as const) {
  test(`refuses ${what}`, () => assert.rejects(read(text, [7]), { code: 'REPORT_TRACE_LOG', message }));
}
