import { csvText } from '../csv.js';
import type { Results } from './results.js';

const HEAD =
  'network,data,samples,system,kind,folder,scenario,validity,on_front,figure,unit,value,interval_lower,interval_upper,no_interval'.split(
    ',',
  );

/** A line for each figure of each system, accuracy among them. */
export function resultsCsv({ benchmarks }: Results): string {
  const rows = benchmarks.flatMap(({ network, data, systems }) =>
    systems.flatMap(({ name, kind, folder, results }) =>
      results.flatMap(({ scenario, validity, onFront, figures, accuracy }) => {
        const ofResult = [network, data.name, data.samples, name, kind, folder, scenario, validity, onFront];
        const ofAccuracy =
          accuracy === null
            ? []
            : [[...ofResult, 'accuracy', 'correct share', accuracy.share, null, null, `of ${accuracy.pairs} pairs`]];
        const ofFigures = figures.map(({ name: figure, unit, value, interval, noInterval }) => [
          ...[...ofResult, figure, unit, value],
          ...[interval?.[0], interval?.[1], noInterval],
        ]);
        return [...ofAccuracy, ...ofFigures];
      }),
    ),
  );
  return csvText([HEAD, ...rows]);
}
