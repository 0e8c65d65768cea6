import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { readDetailLog } from '../../../logs/detail/read.js';
import { detailLine, detailLogText, readGoldenRun } from '../../reports/goldenRun.js';
import { memorySource } from '../memorySource.js';

const read = async (text: string) => (await readDetailLog(memorySource(text))).entries;

async function readValue(valueText: string): Promise<unknown> {
  return (await read(detailLine('some_key', valueText))).get('some_key')?.[0]?.value;
}

test('reads a log with unescaped quotes, a 64-bit seed, an infinite figure and repeated keys', async () => {
  const file = new URL('../../../../test/fixtures/mlperf_log_detail.unescaped.txt', import.meta.url);
  const plain = { isError: false, isWarning: false };
  assert.deepEqual(
    [...(await read(readFileSync(file, 'utf8')))],
    [
      ['sut_name', [{ value: 'My "fast" SUT', ...plain, line: 1 }]],
      ['effective_schedule_rng_seed', [{ value: 16159082839903944936n, ...plain, line: 2 }]],
      ['result_qps_without_loadgen_overhead', [{ value: Number.POSITIVE_INFINITY, ...plain, line: 4 }]],
      [
        'error_runtime',
        [
          { value: "a plugin's own key", isError: true, isWarning: false, line: 5 },
          { value: 'again', isError: true, isWarning: true, line: 6 },
        ],
      ],
    ],
  );
});

for (const [text, value] of [
  ['9007199254740991', 9007199254740991],
  ['9007199254740993', 9007199254740993n],
  ['-9223372036854775808', -9223372036854775808n],
  ['1e+20', 1e20],
  ['1.18249e+06', 1182490],
  ['-nan', Number.NaN],
  ['nan', Number.NaN],
  ['-inf', Number.NEGATIVE_INFINITY],
  ['true', true],
  ['[3,1,2]', [3, 1, 2]],
  ['"line\\nbreak"', 'line\nbreak'],
  ['"C:\\new"', 'C:\new'],
  ['"C:\\data"', 'C:\\data'],
  ['"9007199254740993"', '9007199254740993'],
] as const) {
  test(`reads the value ${text}`, async () => assert.deepEqual(await readValue(text), value));
}

test('keeps every 64-bit integer exactly', () =>
  fc.assert(
    fc.asyncProperty(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 64n - 1n }), async (integer) => {
      const value = await readValue(String(integer));
      assert.equal(String(value), String(integer));
      assert.equal(typeof value, Number.isSafeInteger(Number(integer)) ? 'number' : 'bigint');
    }),
    { numRuns: 50 },
  ));

test('reads compact JSON in another order of keys', async () => {
  const log = await read(':::MLLOG {"metadata":{"is_error":true},"value":18446744073709551615,"key":"k"}\r\n');
  assert.deepEqual(log.get('k'), [{ value: 18446744073709551615n, isError: true, isWarning: false, line: 1 }]);
});

for (const [fault, text, code, message] of [
  ['a file without marked lines', 'hello\n', 'REPORT_DETAIL_LOG', /holds no line that starts with :::MLLOG/],
  ['a line cut off', `${detailLine('a', '1')}\n${detailLine('b', '"x"').slice(0, 90)}`, 'REPORT_LOG_TRUNCATED', /:2: /],
  ['a line without a key', ':::MLLOG {"value": 1, "metadata": {}}', 'REPORT_DETAIL_LOG', /:1: found \{"value": 1/],
  ['a bare word', detailLine('a', 'maybe'), 'REPORT_DETAIL_LOG', /:1: .*maybe/],
  ['an endless line', `:::MLLOG ${' '.repeat((1 << 24) + 1)}`, 'REPORT_LOG_TOO_LONG', /a line longer than 16777216/],
] as const) {
  test(`refuses ${fault}`, () => assert.rejects(read(text), { name: 'LoadGenError', code, message }));
}

test('refuses a long line made to look like many entries', () => {
  const almost =
    ', "time_ms": 1, "namespace": "", "event_type": "", "metadata": {"is_error": false, "is_warning": false, ';
  const line = `${detailLine('a', `"${almost.repeat(100_000)}`)}x}`;
  return assert.rejects(read(line), { code: 'REPORT_DETAIL_LOG' });
});

for (const name of [
  'single-stream-performance-a',
  'ran-out-of-queries-a',
  'test05-a',
  'offline-accuracy-small-set-a',
]) {
  test(`reads the official log of ${name}`, async (t) => {
    const golden = readGoldenRun(t, name);
    if (golden === undefined) return;
    const found = [...(await read(detailLogText(golden)))]
      .flatMap(([key, entries]) => entries.map((entry) => ({ key, ...entry })))
      .toSorted((one, other) => one.line - other.line)
      .map(({ key, value, isError, isWarning }) => ({
        key,
        value: typeof value === 'bigint' ? String(value) : value,
        is_error: isError,
        is_warning: isWarning,
      }));
    assert.deepEqual(
      found,
      golden.detail.map(({ key, value, is_error, is_warning }) => ({ key, value, is_error, is_warning })),
    );
  });
}

for (const [text, value] of [
  ['1024', 1024],
  ['true', true],
  ['"Offline"', 'Offline'],
  ['16159082839903944936', 16159082839903944936n],
  ['{"/.clang-format":"b0",}', '{"/.clang-format":"b0",}'],
] as const) {
  test(`reads ${text} beside a path of Windows that is not escaped`, async () => {
    const line = detailLine('some_key', text).replace('version.cc', String.raw`C:\Users\mlperf\version.cc`);
    assert.equal((await read(line)).get('some_key')?.[0]?.value, value);
  });
}
