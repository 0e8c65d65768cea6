import { csvText } from '../csv.js';
import type { Comparison } from './comparison.js';

const HEAD =
  'scenario,figure,unit,run,folder,sut,validity,value,interval_lower,interval_upper,no_interval,ratio,verdict'.split(
    ',',
  );

/** A line for each figure of each run. */
export function comparisonCsv({ runs, scenarios }: Comparison): string {
  const rows = scenarios.flatMap(({ scenario, figures }) =>
    figures.flatMap(({ name, unit, values }) =>
      values.map((value, run) => {
        const kind = unit === 'correct share' ? 'accuracy' : 'performance';
        const ofRun = runs[run]?.tests.filter((test) => test.scenario === scenario) ?? [];
        const test = ofRun.find((candidate) => candidate.kind === kind) ?? ofRun[0];
        return [
          ...[scenario, name, unit, run + 1, runs[run]?.folder, test?.sutName, test?.validity],
          ...[
            value?.value,
            value?.interval?.[0],
            value?.interval?.[1],
            value?.noInterval,
            value?.ratio,
            value?.verdict,
          ],
        ];
      }),
    ),
  );
  return csvText([HEAD, ...rows]);
}
