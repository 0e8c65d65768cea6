import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatValue } from '../../../logs/detail/write.js';
import { compareRuns } from '../../../reports/compare/compareRuns.js';
import { comparisonSchema } from '../../../reports/compare/comparison.js';
import { widenLatencies, widenRate } from '../../../reports/figures/clockStep.js';
import { readRun } from '../../../reports/figures/measureRun.js';
import { runTable } from '../../../reports/runTable.js';
import { singleStream, writeTest } from './runFolders.js';

/** Half a millisecond, and all alike: nothing but the clock makes an interval wide. */
const latenciesNs = new Float64Array(500).fill(5e5);

function runWithStep(stepNs: number): string {
  const step = stepNs === 0 ? {} : { harness_clock_step_ns: formatValue(stepNs) };
  return writeTest({ ...singleStream(latenciesNs), ...step }, latenciesNs);
}

const CASES: readonly [stepNs: number, interval: readonly [number, number], isCoarse: boolean][] = [
  [0, [5e5, 5e5], false],
  [5000, [495_000, 505_000], false],
  [20_000, [480_000, 520_000], true],
  [1e6, [0, 1.5e6], true],
];
for (const [stepNs, interval, isCoarse] of CASES) {
  test(`a clock with steps of ${stepNs} ns makes intervals wider by it, and is told where it is coarse`, async () => {
    const folder = runWithStep(stepNs);
    const { tests } = await readRun(folder);
    const [{ figures, test: record } = { figures: [], test: undefined }] = tests;
    assert.deepEqual(figures.find(({ name }) => name === 'p50')?.interval, interval);
    assert.deepEqual(record?.coarseClock, isCoarse ? { stepNs, medianNs: 5e5 } : undefined);
    const table = runTable(tests, { color: false }).replaceAll(/[│\s]+/g, ' ');
    assert.equal(/WARNING: The clock goes in steps of [\d.]+ .s, more than 1 % of the median/.test(table), isCoarse);
    const { warnings } = comparisonSchema.parse(await compareRuns([folder, runWithStep(0)]));
    const coarse = warnings.filter(({ message }) => message === 'the clock was coarse beside latencies');
    assert.deepEqual(
      coarse.map(({ run, code }) => [run, code]),
      isCoarse ? [[0, 'DISTURBED']] : [],
    );
  });
}

test('latencies are never less than nothing, and there is no interval of a rate in less time than a step', () => {
  assert.deepEqual(widenLatencies([3, 10], 5), [0, 15]);
  assert.deepEqual(widenRate([10, 20], 10, 0), [10, 20]);
  assert.deepEqual(widenRate([10, 20], 10, 25e7), [8, 40]);
  assert.equal(widenRate([10, 20], 10, 5e8), undefined);
});
