import picocolors from 'picocolors';
import type { MeasuredRun } from '../../figures/measureRun.js';
import { newTable } from '../../textTable.js';
import { comparabilityWarnings } from '../comparability.js';
import { compareMeasuredRuns } from '../compareRuns.js';
import { figureText, rangeText } from '../figureText.js';
import { groupWarnings } from './groupComparison.js';
import { countedValues, groupValue } from './groupSpread.js';
import { warningsTable } from './groupTable.js';

/** With five borders, 80 characters. */
const WIDTHS = [20, 17, 25, 13];

/** What repeated runs of one system measured, and how far apart it lies; 80 columns wide. */
export function spreadTable(measured: readonly MeasuredRun[], { color }: { readonly color: boolean }): string {
  const { scenarios } = compareMeasuredRuns(measured);
  const tables = scenarios.map(({ scenario, figures }) => {
    const table = newTable([scenario, 'Geometric mean', 'Runs from–to', 'VALID runs'], WIDTHS, [
      ...(['left', 'right', 'right', 'right'] as const),
    ]);
    for (const figure of figures) {
      const value = groupValue(countedValues(measured, scenario, figure));
      const cells =
        value === null
          ? ['none', '']
          : [figureText(figure.unit, value.value), rangeText(figure.unit, [value.lowest, value.highest])];
      table.push([figure.name, ...cells, `${value?.runs ?? 0} of ${measured.length}`]);
    }
    return table.toString();
  });
  // Each run for itself: that a run is like the first is nothing to warn of.
  const warnings = groupWarnings(
    measured.flatMap((run) => comparabilityWarnings([run])),
    1,
  );
  if (warnings.length > 0) {
    const colors = picocolors.createColors(color);
    tables.push(warningsTable(warnings, [{ runs: measured }], colors));
  }
  return tables.join('\n');
}
