import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readTraceLatencies, readTraceTimes } from '../../../logs/trace/read.js';
import { memorySource } from '../memorySource.js';

const read = (text: string, sampleCount: number) => readTraceLatencies(memorySource(text), sampleCount);

const event = (sample: number, ns: number) =>
  `{"args":{"sample_seq":${sample},"sample_idx":4,"issue_start_ns":0,"complete_ns":${ns}}},\n`;

test('latencies are put in the order of issue, over chunks of a file', async () => {
  const count = 20_000;
  const text = Array.from({ length: count }, (_, index) => event(count - 1 - index, index)).join('');
  assert.deepEqual(
    await read(text, count),
    Float64Array.from({ length: count }, (_, index) => count - 1 - index),
  );
});

test('a last line without a break counts', async () =>
  assert.deepEqual(await read(event(0, 7).trimEnd(), 1), Float64Array.of(7)));

for (const [what, text, message] of [
  ['a sample twice', event(0, 1) + event(0, 2), /found sample_seq 0, for the second time/],
  ['a sample too many', event(0, 1) + event(1, 2) + event(2, 3), /found sample_seq 2, expected those below 2/],
  ['a sample too few', event(1, 1), /found 1 samples, expected 2/],
  ['a number that is cut', event(0, 1) + event(1, 2).slice(0, 30), /found 1 samples, expected 2/],
  ['other text', 'hello', /found 0 samples, expected 2/],
] as const) {
  test(`refuses ${what}`, () => assert.rejects(read(text, 2), { code: 'REPORT_TRACE_LOG', message }));
}

/** By a pattern that tries every way to divide a line, 8 kB of these took ten seconds; these are 900 kB. */
const REPEATED = [
  '"ts":1,',
  '"ts":1,"args":{"sample_seq":1,',
  '"ts":1,"sample_seq":1,"issue_start_ns":1,',
  '"cat":"gc",',
];
for (const member of REPEATED) {
  test(`a line that repeats ${member} is read at once`, { timeout: 60_000 }, async () => {
    const text = member.repeat(Math.floor(900_000 / member.length));
    await assert.rejects(read(text, 1), { code: 'REPORT_TRACE_LOG' });
    await assert.rejects(readTraceTimes(memorySource(text), Float64Array.of(1)), { code: 'REPORT_TRACE_LOG' });
  });
}
