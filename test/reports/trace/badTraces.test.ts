import assert from 'node:assert/strict';
import { appendFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { readTraceEvents } from '../../../logs/trace/events.js';
import { TRACE_LOG_NAME } from '../../../logs/trace/read.js';
import { openLog } from '../../../platform/node/openLog.js';
import { viewerTraces } from '../../../reports/trace/viewerTrace.js';
import { openRun } from '../../../runs/openRun.js';
import { singleStream, writeTest } from '../figures/runFolders.js';
import { OFFICIAL_END, OFFICIAL_HEAD, officialPhase, officialSample, officialTrace } from './officialTrace.js';
import { viewerText } from './viewerText.js';

const folder = writeTest(singleStream(Float64Array.of(1, 2)));
const file = join(folder, TRACE_LOG_NAME);
const LARGE = 10 * 2 ** 30;

const sample = (number: number) =>
  officialSample({ sample: number, query: number, index: 4, dueNs: 1000, issueStartNs: 0, completeNs: 10 });
const good = officialTrace(sample(0), officialPhase('LogDetail', 7, 0, 1, '"key":""a""'), sample(1));

function refused(code: string, message: RegExp): Promise<void> {
  return assert.rejects(viewerText(folder), { name: 'LoadGenError', code, message });
}

async function readAll(): Promise<void> {
  for await (const { line } of readTraceEvents(await openLog(file))) assert.ok(line > 1);
}

test('a trace that is cut off is refused by name and line, wherever it is cut', async () => {
  for (let length = 0; length < good.indexOf('\n],') + 2; length += 5) {
    const text = good.slice(0, length);
    writeFileSync(file, text);
    const message = new RegExp(`trace\\.json:${text.split('\n').length}: found .*, expected `);
    await assert.rejects(readAll(), { code: 'REPORT_TRACE_LOG', message });
  }
  writeFileSync(file, good);
  JSON.parse(await viewerText(folder));
});

const event = (text: string) => OFFICIAL_HEAD + text + OFFICIAL_END;
const BAD: readonly [what: string, text: string, message: RegExp][] = [
  ['other text', 'hello', /:1: found hello, expected \{"traceEvents":\[/],
  ['a sample twice', officialTrace(sample(0), sample(0)), /:4: found sample_seq 0 for the second time/],
  ['a sample number beyond the file', officialTrace(sample(4e6)), /:2: found sample_seq 4000000; expected one below 4/],
  ['a sample too few', officialTrace(sample(0)), /found 1 samples; expected 2, as the detail log says/],
  ['a sample too many', officialTrace(sample(0), sample(1), sample(2)), /found 3 samples; expected 2/],
  ['a sample without a time', event(sample(0).replace(/"ts":[^,]*,/, '')), /:2: found \{"name":"Sample"/],
  ['a sample before the trace', event(sample(0).replace('"ts":', '"ts":-')), /:2: found /],
  ['a time that is text', event(officialPhase('x', '"7"', 0, 1)), /:2: found /],
  ['a time beyond all numbers', event(sample(0).replace('1.000', '1e999')), /:2: found /],
  ['arguments within arguments', event(officialPhase('x', 7, 0, 1, `"a":${'['.repeat(9999)}`)), /:2: found /],
  [
    'text with an escape sequence',
    event('\u001b[2J'),
    /:2: found \\u\{1b\}\[2J\{"name":.*, expected one event of a trace/,
  ],
  [
    'more threads than there are',
    event(Array.from({ length: 4097 }, (_, thread) => officialPhase('x', thread, 0, 1)).join('')),
    /:4098: found more threads than a LoadGen has/,
  ],
];

for (const [what, text, message] of BAD) {
  test(`refuses ${what}`, async () => {
    writeFileSync(file, text);
    await refused('REPORT_TRACE_LOG', message);
  });
}

for (const [what, head, line] of [
  ['', '', 1],
  [' behind a whole head', OFFICIAL_HEAD, 2],
] as const) {
  test(`refuses an endless line${what} in a file of 10 GB`, async () => {
    writeFileSync(file, head);
    truncateSync(file, LARGE);
    await refused('REPORT_LOG_TOO_LONG', new RegExp(`trace\\.json:${line}: found a line longer than 1048576`));
  });
}

test('refuses what never ends', async () => {
  rmSync(file);
  symlinkSync('/dev/zero', file);
  await refused('REPORT_LOG_READ', /is not a regular file/);
  rmSync(file);
});

test('a test without a trace is named', async () => {
  rmSync(file, { force: true });
  await refused('REPORT_NO_TRACE', /has no mlperf_log_trace\.json$/);
});

test('unknown keys and events of unknown kinds are passed over', async () => {
  const more = sample(0).replace('"cat"', '"unknown":{"a":[1]},"__proto__":{"polluted":1},"cat"');
  writeFileSync(file, officialTrace(more, sample(1), '{"name":"Latency","ph": "C","pid":7,"args":{ "a":1}},\n'));
  const text = await viewerText(folder);
  assert.doesNotMatch(text, /unknown|polluted|Latency/);
  assert.equal(JSON.parse(text).traceEvents.length, 2 + 2 * 2 + 2 * 2);
});

test('text is handed on while the trace is still read: little of it is in memory', async () => {
  writeFileSync(file, OFFICIAL_HEAD);
  const phases = Array.from({ length: 1000 }, (_, index) => officialPhase('x', 7, index, 1)).join('');
  for (let block = 0; block < 10; block++) appendFileSync(file, phases);
  appendFileSync(file, 'the end\n');
  let longest = 0;
  let count = 0;
  const run = await openRun(folder);
  const exportAll = async () => {
    for await (const { chunks } of viewerTraces(run)) {
      for await (const chunk of chunks(() => {})) {
        longest = Math.max(longest, chunk.length);
        count++;
      }
    }
  };
  await assert.rejects(exportAll, { code: 'REPORT_TRACE_LOG', message: /:10002: found the end, / });
  assert.ok(count > 5 && longest < 70_000, `${count} chunks of up to ${longest} characters`);
});
