import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { DETAIL_LOG_NAME } from '../../../logs/detail/read.js';
import { detailLogSyntaxFaults } from '../../../logs/detail/syntax.js';
import { writeLog } from '../../reports/temporaryFolder.js';

const ENTRY = ':::MLLOG {"key": "k", "value": 1, "metadata": {"is_error": false, "is_warning": false}}';
const entry = (key: string, value: string, metadata: string) =>
  `:::MLLOG {"key": ${key}, "value": ${value}, "metadata": ${metadata}}`;
const NO_ERROR = '{"is_error": false}';

const READABLE: readonly [what: string, text: string][] = [
  ['one entry', ENTRY],
  ['line ends of Windows', `${ENTRY}\r\n${ENTRY}\r\n`],
  ['other lines', `${ENTRY}\nfrom a library\n\n${ENTRY}\n`],
  ['a list', entry('"loaded_qsl_set"', `[${'1, '.repeat(600)}2]`, NO_ERROR)],
  ['letters of any script', entry('"sut_name"', '"é 試"', NO_ERROR)],
];

for (const [what, text] of READABLE) {
  test(`official scripts can read ${what}`, async () => {
    assert.deepEqual(await detailLogSyntaxFaults(writeLog(DETAIL_LOG_NAME, text).file), []);
  });
}

const UNREADABLE: readonly [what: string, line: number, text: string, expected: RegExp][] = [
  ['nothing', 1, '', /first line/],
  ['a comment at the start', 1, `# x\n${ENTRY}`, /first line/],
  ['a byte order mark', 1, `\uFEFF${ENTRY}`, /first line/],
  ['space before the mark', 1, ` ${ENTRY}`, /first line/],
  ['a mark without JSON', 2, `${ENTRY}\n:::MLLOG`, /JSON object/],
  ['a line cut off', 2, `${ENTRY}\n${ENTRY.slice(0, -2)}`, /JSON object/],
  ['infinity', 1, entry('"k"', 'inf', NO_ERROR), /JSON object/],
  ['quotes within quotes', 1, entry('"k"', '"a "b" c"', NO_ERROR), /JSON object/],
  ['no key', 1, `:::MLLOG {"value": 1, "metadata": ${NO_ERROR}}`, /JSON object/],
  ['a key that is a number', 1, entry('1', '1', NO_ERROR), /JSON object/],
  ['no metadata', 1, ':::MLLOG {"key": "k", "value": 1}', /JSON object/],
  ['metadata without is_error', 1, entry('"k"', '1', '{}'), /JSON object/],
  ['a list', 1, ':::MLLOG []', /JSON object/],
  ['a carriage return within', 1, entry('"k"', '\r1', NO_ERROR), /carriage return/],
  ['a long number', 1, entry('"k"', '1'.repeat(4301), NO_ERROR), /digits/],
  ['lists in lists', 1, entry('"k"', `${'['.repeat(2000)}${']'.repeat(2000)}`, NO_ERROR), /brackets/],
];

for (const [what, line, text, expected] of UNREADABLE) {
  test(`official scripts cannot read ${what}`, async () => {
    const [fault] = await detailLogSyntaxFaults(writeLog(DETAIL_LOG_NAME, text).file);
    assert.equal(fault?.line, line);
    assert.match(fault.expected, expected);
  });
}

test('bytes that are not UTF-8 are found in any line', async () => {
  const { file } = writeLog(DETAIL_LOG_NAME, '');
  writeFileSync(file, Buffer.concat([Buffer.from(`${ENTRY}\nfrom a library `), Buffer.from([0xff])]));
  assert.deepEqual(
    (await detailLogSyntaxFaults(file)).map(({ line, expected }) => [line, expected]),
    [[2, 'UTF-8']],
  );
});

test('the first ten faults are named', async () => {
  const { file } = writeLog(DETAIL_LOG_NAME, `${ENTRY}\n${':::MLLOG x\n'.repeat(1000)}`);
  assert.deepEqual(
    (await detailLogSyntaxFaults(file)).map(({ line }) => line),
    [2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
  );
});
