import { printable } from '../../base/text.js';
import type { Comparison } from './comparison.js';

const HEAD =
  'scenario,figure,unit,run,folder,sut,validity,value,interval_lower,interval_upper,no_interval,ratio,verdict'.split(
    ',',
  );

/** A line for each figure of each run, as RFC 4180 has it. An empty field: there is none. */
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
  return [HEAD, ...rows].map((row) => `${row.map(field).join(',')}\r\n`).join('');
}

function field(value: string | number | null | undefined): string {
  if (typeof value !== 'string') return value === null || value === undefined ? '' : String(value);
  const text = printable(value);
  // Spreadsheets take text that begins like this for a formula, and would compute it.
  const safe = /^[=+\-@]/.test(text) ? `'${text}` : text;
  return /[",]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
