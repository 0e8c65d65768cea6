import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import type { RunRow } from '../../reports/runRow.js';
import { runTable } from '../../reports/runTable.js';

const valid = { sutName: 'null', validity: 'VALID', invalidReasons: [], errorMessages: [] } as const;
const accuracy = {
  kind: 'Accuracy',
  scenario: 'SingleStream',
  accuracy: 0.97333,
  correctCount: 584,
  pairCount: 600,
} as const;

const ROWS: readonly RunRow[] = [
  { ...accuracy, ...valid },
  {
    kind: 'SingleStreamPerformance',
    ...valid,
    latencyNs: { p50: 449_845_212, p90: 512_345_678, p99: 999_999 },
    errorMessages: ['Multiple conf files are used.'],
  },
  {
    kind: 'OfflinePerformance',
    ...valid,
    validity: 'INVALID',
    invalidReasons: ['Increase expected QPS so the loadgen pre-generates a larger (coalesced) query.'],
    pairsPerSecond: 8.1234,
  },
];

test('the table, whole', () =>
  assert.equal(
    runTable(ROWS, { color: false }),
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
  const colored = runTable(ROWS, { color: true });
  assert.ok(colored.includes('\u001b[32mVALID'));
  assert.ok(colored.includes('\u001b[31mINVALID'));
  assert.equal(stripVTControlCharacters(colored), runTable(ROWS, { color: false }));
});

test('a run with --unverified has a last line that says so', () => {
  const lines = runTable(ROWS, { color: false, unverified: true }).split('\n');
  assert.equal(lines.at(-2), '│ Unverified: the embeddings of reference faces were not checked.              │');
});

test('an accuracy that is not a number is shown as such', () => {
  const table = runTable([{ ...accuracy, ...valid, accuracy: Number.NaN }], { color: false });
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
        const verdict = { ...valid, validity: 'INVALID', invalidReasons } as const;
        const table = runTable(
          [
            { kind: 'OfflinePerformance', ...verdict, pairsPerSecond },
            { ...accuracy, ...verdict, scenario },
          ],
          { color: false },
        );
        assert.equal(stripVTControlCharacters(table), table);
        for (const line of table.split('\n')) assert.equal([...line].length, 80, line);
      },
    ),
  ));
