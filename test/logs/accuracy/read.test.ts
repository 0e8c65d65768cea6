import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type AccuracyLogEntry, readAccuracyLog } from '../../../logs/accuracy/read.js';
import { readGoldenRun } from '../../reports/goldenRun.js';
import { memorySource } from '../memorySource.js';

async function read(text: string, chunkLength?: number): Promise<AccuracyLogEntry[]> {
  const entries: AccuracyLogEntry[] = [];
  for await (const entry of readAccuracyLog(memorySource(text, chunkLength))) entries.push(entry);
  return entries;
}

const ENTRY = '{ "seq_id" : 0, "qsl_idx" : 7, "data" : "0aFF" }';

for (const [layout, text, lines] of [
  ['the official layout', `[\n${ENTRY},\n${ENTRY}\n]\n`, [2, 3]],
  ['one line', `[${ENTRY},${ENTRY}]`, [1, 1]],
  ['compact JSON with another order of keys', '[{"data":"0aFF","qsl_idx":7,"seq_id":0}]', [1]],
  ['indented JSON', JSON.stringify([JSON.parse(ENTRY), JSON.parse(ENTRY)], null, 2), [2, 7]],
  ['Windows line ends and keys it does not know', '[\r\n{"seq_id":0,"qsl_idx":7,"data":"0aFF","tokens":3}\r\n]', [2]],
  ['an empty array', '[\n]\n', []],
] as const) {
  test(`reads ${layout}`, async () => {
    const expected = lines.map((line) => ({ sequenceId: 0, sampleIndex: 7, data: Uint8Array.of(0x0a, 0xff), line }));
    assert.deepEqual(await read(text), expected);
  });
}

const SHORTENED = /^memory is shortened for submission: .* neither accuracy nor .*; expected the whole log$/;

/** As the official script does, which on Windows writes other line ends. */
function shortened(lineEnd: string): string {
  const log = `[\n${ENTRY.replace('0aFF', '0aFF'.repeat(4096))},\n${ENTRY}\n]\n`;
  return `${log.slice(0, 4096)}\n\n...\n\n${log.slice(-4096)}`.replaceAll('\n', lineEnd);
}

for (const [fault, text, code, message] of [
  ['an empty file', '', 'REPORT_LOG_TRUNCATED', /:1: the file ends after 0 entries; expected "\["/],
  ['a file cut between entries', `[\n${ENTRY},\n`, 'REPORT_LOG_TRUNCATED', /:3: .* after 1 entries; expected "\{"/],
  ['a file cut within an entry', `[\n${ENTRY.slice(0, -4)}`, 'REPORT_LOG_TRUNCATED', /:2: .* expected "}"/],
  ['a file without its last bracket', `[\n${ENTRY}\n`, 'REPORT_LOG_TRUNCATED', /expected "," or "\]"/],
  ['a missing comma', `[\n${ENTRY}\n${ENTRY}\n]`, 'REPORT_ACCURACY_LOG', /:3: found "\{", expected "," or "\]"/],
  ['a comma too many', `[\n${ENTRY},\n]`, 'REPORT_ACCURACY_LOG', /:3: found "\]", expected "\{"/],
  ['a second array', '[]\n[]', 'REPORT_ACCURACY_LOG', /:2: found "\[", expected nothing more/],
  ['something else altogether', '<html>', 'REPORT_ACCURACY_LOG', /:1: found "<", expected "\["/],
  ['a missing key', '[{"seq_id":0,"data":""}]', 'REPORT_ACCURACY_LOG', /:1: found \{"seq_id"/],
  ['a negative index', '[{"seq_id":0,"qsl_idx":-1,"data":""}]', 'REPORT_ACCURACY_LOG', /"qsl_idx":-1/],
  ['an index that is no integer', '[{"seq_id":0,"qsl_idx":0.5,"data":""}]', 'REPORT_ACCURACY_LOG', /0\.5/],
  ['an index beyond 2^53', '[{"seq_id":0,"qsl_idx":9007199254740993,"data":""}]', 'REPORT_ACCURACY_LOG', /9007/],
  ['an odd number of digits', '[{"seq_id":0,"qsl_idx":7,"data":"0aF"}]', 'REPORT_ACCURACY_LOG', /"F" after 2;/],
  ['what is no hex digit', '[{"seq_id":0,"qsl_idx":7,"data":"0ag1"}]', 'REPORT_ACCURACY_LOG', /qsl_idx 7.*"g1"/],
  ['control characters', '[{\u001b]0;x\u0007}]', 'REPORT_ACCURACY_LOG', /\\u\{1b\}/],
  ['an endless entry', `[{"data":"${'0'.repeat(2 << 20)}`, 'REPORT_ACCURACY_LOG', /longer than 1048576/],
  ...['\n', '\r\n'].map(
    (lineEnd) =>
      [
        `a log shortened for submission, line ends ${JSON.stringify(lineEnd)}`,
        shortened(lineEnd),
        'REPORT_LOG_SHORTENED',
        SHORTENED,
      ] as const,
  ),
  ['one shortened between entries', `[\n${ENTRY},\n\n...\n\n${ENTRY}\n]\n`, 'REPORT_LOG_SHORTENED', SHORTENED],
  ['one shortened within a name', `[\n{ "seq\n\n...\n\n_id" : 0 }\n]\n`, 'REPORT_LOG_SHORTENED', SHORTENED],
] as const) {
  test(`refuses ${fault}`, () => assert.rejects(read(text), { name: 'LoadGenError', code, message }));
}

test('reads what JSON.parse reads, over any whitespace', async () => {
  const entry = fc.record({
    seq_id: fc.nat(),
    qsl_idx: fc.nat(),
    data: fc.uint8Array().map((bytes) => Buffer.from(bytes).toString('hex')),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(entry),
      fc.constantFrom(undefined, ' ', '\t', '\n'),
      fc.integer({ min: 1, max: 40 }),
      async (entries, space, chunkLength) => {
        const text = JSON.stringify(entries, null, space);
        const found = await read(text, chunkLength);
        assert.deepEqual(
          found.map(({ sequenceId, sampleIndex, data }) => ({
            seq_id: sequenceId,
            qsl_idx: sampleIndex,
            data: Buffer.from(data).toString('hex'),
          })),
          JSON.parse(text),
        );
      },
    ),
    { numRuns: 50 },
  );
});

test('entries larger than a chunk of the file are put together', async () => {
  const data = Buffer.alloc(300_000, 0xa5);
  const entry = `{ "seq_id" : 0, "qsl_idx" : 7, "data" : "${data.toString('hex')}" }`;
  const found = await read(`[\n${entry},\n${entry}\n]\n`);
  assert.deepEqual(
    found.map((one) => data.equals(one.data)),
    [true, true],
  );
});

for (const name of ['single-stream-accuracy-a', 'offline-accuracy-small-set-b', 'sampled-accuracy-log-a']) {
  test(`reads the official log of ${name}`, async (t) => {
    const golden = readGoldenRun(t, name);
    if (golden === undefined) return;
    const entries = await read(golden.accuracy_json);
    assert.ok(entries.length > 0);
    for (const { sampleIndex, data } of entries) {
      assert.equal(new DataView(data.buffer).getUint32(0, true), Math.imul(sampleIndex, 2654435761) >>> 0);
    }
  });
}
