import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import type { MeasuredTest } from '../../reports/figures/measureTest.js';
import { runTable } from '../../reports/runTable.js';
import { measuredTest } from './figures/measuredTest.js';

const counts = { accuracy: 0.97333, correctCount: 584, pairCount: 600 };
const accuracy = { ...counts, threshold: 0.41, benchmarkThreshold: 0.41, remarks: [] };

const TESTS: readonly MeasuredTest[] = [
  measuredTest({ kind: 'accuracy', accuracy }),
  measuredTest({
    figures: { p50: 449_845_212, p90: 512_345_678, p97: 0, p99: 999_999, 'p90 estimate': 0 },
    errorMessages: ['Multiple conf files are used.'],
  }),
  measuredTest({
    scenario: 'Offline',
    invalidReasons: ['Increase expected QPS so the loadgen pre-generates a larger (coalesced) query.'],
    figures: { 'per second': 8.1234 },
  }),
];

test('the table, whole', () =>
  assert.equal(
    runTable(TESTS, { color: false }),
    `
┌──────────────────────────┬────────────┬────────────┬───────────────┬─────────┐
│ Test                     │ Figure     │   Per pair │ Per inference │ Result  │
├──────────────────────────┼────────────┼────────────┼───────────────┼─────────┤
│ SingleStream accuracy    │ accuracy   │    97.33 % │               │ VALID   │
│                          │ correct    │    584/600 │               │         │
│ SingleStream performance │ p50        │   449.8 ms │      112.5 ms │ VALID   │
│                          │ p90        │   512.3 ms │      128.1 ms │         │
│                          │ p99        │   1.000 ms │      250.0 µs │         │
│ Errors in the log: 1. The first: Multiple conf files are used.               │
│ Offline performance      │ per second │      8.123 │         32.49 │ INVALID │
│ INVALID: Increase expected QPS so the loadgen pre-generates a larger         │
│ (coalesced) query.                                                           │
└──────────────────────────────────────────────────────────────────────────────┘`.trimStart(),
  ));

test('colour is all that asking for colour adds', () => {
  const colored = runTable(TESTS, { color: true });
  assert.ok(colored.includes('\u001b[32mVALID'));
  assert.ok(colored.includes('\u001b[31mINVALID'));
  assert.equal(stripVTControlCharacters(colored), runTable(TESTS, { color: false }));
});

test('a run with --unverified has a last line that says so', () => {
  const tests = [measuredTest({ figures: { p50: 1e6 }, configuration: { unverified: 'true' } })];
  const lines = runTable(tests, { color: false }).split('\n');
  assert.equal(lines.at(-2), '│ Unverified: the embeddings of reference faces were not checked.              │');
});

test("an accuracy at another threshold than the benchmark's says so", () => {
  const tests = [measuredTest({ kind: 'accuracy', accuracy: { ...accuracy, threshold: 0.6 } })];
  const lines = runTable(tests, { color: false }).split('\n');
  assert.equal(lines.at(-2), "│ Note: the accuracy is at threshold 0.6, the benchmark's is 0.41              │");
});

test('what keeps an accuracy from saying what it usually says is noted', () => {
  const remarks = ['all 20 pairs are matched'];
  const table = runTable([measuredTest({ kind: 'accuracy', accuracy: { ...accuracy, remarks } })], { color: false });
  assert.equal(table.split('\n').at(-2)?.replace(/ +/g, ' '), '│ Note: all 20 pairs are matched │');
});

test('an accuracy that is not a number is shown as such', () => {
  const table = runTable([measuredTest({ kind: 'accuracy', accuracy: { ...accuracy, accuracy: Number.NaN } })], {
    color: false,
  });
  assert.match(table, /accuracy +│ +NaN │/);
});

test('80 columns, whatever figures and texts come from a log, and nothing of them reaches the terminal raw', () =>
  fc.assert(
    fc.property(
      fc.array(
        fc.string({ minLength: 1, maxLength: 400, unit: fc.constantFrom('x', ' ', '\n', '\t', '\u001b[31m', '<b>') }),
      ),
      fc.double({ min: 0, max: 1e7, noNaN: false }),
      fc.string({ unit: fc.constantFrom('S', '\u001b', '\n') }),
      (invalidReasons, pairsPerSecond, scenario) => {
        const table = runTable(
          [
            measuredTest({ scenario: 'Offline', invalidReasons, figures: { 'per second': pairsPerSecond } }),
            measuredTest({ kind: 'accuracy', scenario, invalidReasons, accuracy }),
          ],
          { color: false },
        );
        assert.equal(stripVTControlCharacters(table), table);
        for (const line of table.split('\n')) assert.equal([...line].length, 80, line);
      },
    ),
  ));

for (const [what, measured, lines] of [
  [
    'a pair of a MultiStream query',
    measuredTest({
      scenario: 'MultiStream',
      settings: { samples_per_query: '8' },
      figures: { p50: 8e6, p90: 8e6, p99: 8e6 },
    }),
    [/│ MultiStream, 8 a query +│ p50 +│ +1\.000 ms │ +250\.0 µs │ VALID/],
  ],
  [
    "Server's rate and latencies",
    measuredTest({ scenario: 'Server', figures: { 'per second': 4, p50: 1e6, p90: 1e6, p99: 1e6 } }),
    [/│ Server performance +│ per second +│ +4\.000 │ +16\.00 │ VALID/, /│ +│ p50 /],
  ],
  [
    'a test that was broken off',
    measuredTest({ invalidReasons: ['aborted (RUN_ABORTED)'] }),
    [/│ SingleStream performance │ broken off │ .* INVALID/, /│ INVALID: aborted \(RUN_ABORTED\)/],
  ],
  [
    'the two verdicts of a SubmissionRun',
    measuredTest({ mode: 'SubmissionRun', accuracy, figures: { p50: 1 }, invalidReasons: ['Too slow.'] }),
    [/│ SingleStream accuracy +│ accuracy .* VALID/, /│ SingleStream performance │ p50 .* INVALID/],
  ],
] as const) {
  test(`the table shows ${what}`, () => {
    const table = runTable([measured], { color: false });
    for (const line of lines) assert.match(table, line);
  });
}
