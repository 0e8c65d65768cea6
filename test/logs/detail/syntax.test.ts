import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { readDetailLog } from '../../../logs/detail/read.js';
import { openLog } from '../../../platform/node/openLog.js';
import { detailLine } from '../../reports/goldenRun.js';
import { writeLog } from '../../reports/temporaryFolder.js';
import { memorySource } from '../memorySource.js';

const ENTRY = ':::MLLOG {"key": "k", "value": 1, "metadata": {"is_error": false, "is_warning": false}}';
const entry = (key: string, value: string, metadata: string) =>
  `:::MLLOG {"key": ${key}, "value": ${value}, "metadata": ${metadata}}`;
const faultsOf = async (text: string) => (await readDetailLog(memorySource(text))).syntaxFaults;
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
    assert.deepEqual(await faultsOf(text), []);
  });
}

const UNREADABLE: readonly [what: string, line: number, text: string, expected: RegExp][] = [
  ['a comment at the start', 1, `# x\n${ENTRY}`, /first line/],
  ['a byte order mark', 1, `\uFEFF${ENTRY}\n${ENTRY}`, /first line/],
  ['space before the mark', 1, ` ${ENTRY}\n${ENTRY}`, /first line/],
  ['infinity', 1, detailLine('k', 'inf'), /JSON object/],
  ['quotes within quotes', 2, `${ENTRY}\n${detailLine('k', '"a "b" c"')}`, /JSON object/],
  ['metadata without is_error', 1, entry('"k"', '1', '{}'), /JSON object/],
  ['a carriage return within', 1, entry('"k"', '\r1', NO_ERROR), /carriage return/],
  ['a long number', 1, entry('"k"', '1'.repeat(4301), NO_ERROR), /digits/],
  ['lists in lists', 1, entry('"k"', `${'['.repeat(2000)}${']'.repeat(2000)}`, NO_ERROR), /brackets/],
  ['many lists', 1, entry('"k"', `[${'[],'.repeat(2000)}[]]`, NO_ERROR), /brackets/],
];

for (const [what, line, text, expected] of UNREADABLE) {
  test(`official scripts cannot read ${what}`, async () => {
    const [fault] = await faultsOf(text);
    assert.equal(fault?.line, line);
    assert.match(fault.expected, expected);
  });
}

test('bytes that are not UTF-8 are found in any line', async () => {
  const { file } = writeLog('detail.txt', '');
  writeFileSync(file, Buffer.concat([Buffer.from(`${ENTRY}\nfrom a library `), Buffer.from([0xff])]));
  const { syntaxFaults } = await readDetailLog(await openLog(file));
  assert.deepEqual(
    syntaxFaults.map(({ line, expected }) => [line, expected]),
    [[2, 'UTF-8']],
  );
});

test('the first ten faults are named, and all entries are read', async () => {
  const log = await readDetailLog(memorySource(`${ENTRY}\n${`${detailLine('k', 'inf')}\n`.repeat(1000)}`));
  assert.deepEqual(
    log.syntaxFaults.map(({ line }) => line),
    [2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
  );
  assert.equal(log.entries.get('k')?.length, 1001);
});

test('a line of many rows of digits is read at once', { timeout: 60_000 }, async () => {
  const value = `[${`${'1'.repeat(999)},`.repeat(15_000)}1]`;
  assert.deepEqual(await faultsOf(entry('"k"', value, NO_ERROR)), []);
});
