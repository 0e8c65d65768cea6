import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import { compareRuns } from '../../../reports/compare/compareRuns.js';
import { comparisonCsv } from '../../../reports/compare/comparisonCsv.js';
import { comparisonTable } from '../../../reports/compare/comparisonTable.js';
import { offline, singleStream, writeTest } from '../figures/runFolders.js';

const slowNs = Float64Array.from({ length: 2000 }, (_, query) => 1e6 + ((query * 7919) % 2000));
const fastNs = slowNs.map((ns) => ns / 2);
const completedNs = slowNs.map((_, sample) => (sample + 1) * 40);

const NAMES = [
  '<script>alert(1)</script>',
  '\u001b[31mred\u001b]0;title\u0007',
  "=cmd|' /C calc'!A1",
  'a "quoted", name\nof two lines',
  '漢字'.repeat(60),
  'x'.repeat(5000),
  '__proto__',
];

async function comparisonOf(name: string) {
  const sut = { sut_name: JSON.stringify(name), sut_engine: JSON.stringify(name), [`sut_${name.slice(0, 5)}`]: '1' };
  const quoted = Object.fromEntries(Object.entries(sut).filter(([key]) => /^[\w]+$/.test(key)));
  return compareRuns([
    writeTest(singleStream(slowNs, quoted), slowNs),
    writeTest(
      singleStream(fastNs, { ...quoted, result_validity: '"INVALID"', result_invalid_reason: JSON.stringify(name) }),
      fastNs,
    ),
    writeTest(offline(completedNs, quoted), completedNs),
  ]);
}

for (const name of NAMES) {
  test(`a system called ${JSON.stringify(name.slice(0, 30))} is shown safely, in 80 columns`, async () => {
    const comparison = await comparisonOf(name);
    const table = comparisonTable(comparison, { color: false });
    assert.equal(stripVTControlCharacters(table), table);
    assert.doesNotMatch(table.replaceAll('\n', ''), /\p{Cc}/u);
    assert.deepEqual(
      table.split('\n').filter((line) => line.length > 80),
      [],
    );
    const csv = comparisonCsv(comparison);
    assert.ok(!/(^|,)"?[=+@]/m.test(csv), csv);
    assert.equal(csv.split('\r\n').at(-1), '');
    assert.deepEqual(
      csv
        .split('\r\n')
        .slice(0, -1)
        .filter((line) => fieldsOf(line).length !== 13),
      [],
    );
    assert.equal(JSON.parse(JSON.stringify(comparison)).runs.length, 3);
  });
}

test('the table has a row for each figure of each run', async () => {
  const table = comparisonTable(await comparisonOf('sut'), { color: false });
  assert.match(table, /│ p50 +│ 1 +│ +1\.001 ms │ +1\.\d+–1\.\d+ ms │ 1\.000 │ baseline +│/);
  assert.match(table, /│ +│ 2 +│ +500\.\d µs │ +\d+\.\d–\d+\.\d µs │ 0\.500 │ +│/);
  assert.match(table, /│ per second +│ 1 +│ +none │/);
  assert.match(table, /│ +│ 3 +│ +25\.00 M │ +25\.00–25\.00 M │ +│ +│/);
  assert.match(table, /│ 2 +│ INVALID SingleStream: the performance test is INVALID: sut/);
  assert.match(table, /│ 3 +│ NO_BASELINE Offline: /);
});

test('colours are for terminals alone', async () => {
  const comparison = await comparisonOf('sut');
  const plain = comparisonTable(comparison, { color: false });
  const colored = comparisonTable(comparison, { color: true });
  assert.notEqual(colored, plain);
  assert.equal(stripVTControlCharacters(colored), plain);
});

test('the CSV has the figures as they are', async () => {
  const [head, first] = comparisonCsv(await comparisonOf('sut'))
    .split('\r\n')
    .map(fieldsOf);
  const fields = Object.fromEntries((head ?? []).map((name, index) => [name, first?.[index]]));
  const { folder: _, interval_lower: lower, interval_upper: upper, ...rest } = fields;
  assert.deepEqual(rest, {
    scenario: 'SingleStream',
    figure: 'p50',
    unit: 'ns',
    run: '1',
    sut: 'sut',
    validity: 'VALID',
    value: '1001000',
    no_interval: '',
    ratio: '1',
    verdict: 'baseline',
  });
  assert.ok(Number(lower) < 1001000 && Number(upper) > 1001000);
});

/** By RFC 4180, of a line without line breaks. */
function fieldsOf(line: string): string[] {
  return Array.from(line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g), ([, quoted, plain]) =>
    quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'),
  );
}
