import type { MeasuredRun } from '../../figures/measureRun.js';
import type { ComparedFigure } from '../comparison.js';
import type { GroupFigure } from './groupComparison.js';
import { geometricMean } from './ratioOfMeans.js';

/** What each run measured of a figure; null where it has none, or an INVALID test. */
export function countedValues(
  measured: readonly MeasuredRun[],
  scenario: string,
  { unit, values }: ComparedFigure,
): (number | null)[] {
  const kind = unit === 'correct share' ? 'accuracy' : 'performance';
  return values.map((value, run) => {
    const tests = measured[run]?.tests.filter(({ test }) => test.scenario === scenario && test.kind === kind) ?? [];
    return value !== null && tests.every(({ test }) => test.validity !== 'INVALID') ? value.value : null;
  });
}

export function groupValue(counted: readonly (number | null)[]): GroupFigure['groups'][0] {
  const values = numbersIn(counted);
  if (values.length === 0) return null;
  const [lowest, highest] = [Math.min(...values), Math.max(...values)];
  return { runs: values.length, value: lowest === highest ? lowest : geometricMean(values), lowest, highest };
}

export function numbersIn(values: readonly (number | null)[]): number[] {
  return values.filter((value) => value !== null);
}
