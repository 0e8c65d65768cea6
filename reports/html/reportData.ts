import { openRun } from '../../runs/openRun.js';
import { compareMeasuredRuns } from '../compare/compareRuns.js';
import type { Comparison } from '../compare/comparison.js';
import { type MeasuredRun, measureRun } from '../figures/measureRun.js';
import { type RunCharts, RunChartsReader } from './data/readRunCharts.js';
import type { RunAccuracy } from './errorCurveCharts.js';

/** Everything that a page shows, except the faces. */
export interface ReportData {
  readonly comparison: Comparison;
  /** One for each run. */
  readonly charts: readonly RunCharts[];
  readonly datasets: readonly JudgedDataset[];
}

/** Accuracy tests on the same pairs of the same faces, so that a sample's index means the same pair in all. */
export interface JudgedDataset {
  readonly name: string | undefined;
  readonly sha256: string | undefined;
  /** Not empty. */
  readonly accuracies: readonly RunAccuracy[];
}

/**
 * Reads the runs one after another; the first is the baseline.
 *
 * @param onProgress receives the share that has been read, 0 to 1
 * @throws REPORT_… if a folder or log cannot be read
 */
export async function readReportData(
  folders: readonly string[],
  onProgress?: (share: number) => void,
): Promise<ReportData> {
  const [measured, charts]: [MeasuredRun[], RunCharts[]] = [[], []];
  for (const folder of folders) {
    const reader = new RunChartsReader();
    measured.push(await measureRun(await openRun(folder), (opened, test) => reader.add(opened, test)));
    charts.push(reader.charts());
    onProgress?.(charts.length / folders.length);
  }
  const comparison = compareMeasuredRuns(measured);
  const accuracies = charts.flatMap(({ accuracy }, run) => accuracy.map((judged) => ({ run, judged })));
  return { comparison, charts, datasets: byDataset(accuracies) };
}

function byDataset(accuracies: readonly RunAccuracy[]): JudgedDataset[] {
  // Without a digest, nothing says that two runs had the same pairs.
  const keyOf = ({ run, judged }: RunAccuracy) => judged.dataset.sha256 ?? `of run ${run}: ${judged.scenarios.join()}`;
  const keys = [...new Set(accuracies.map(keyOf))];
  return keys.flatMap((key) => {
    const [first, ...others] = accuracies.filter((one) => keyOf(one) === key);
    return first === undefined ? [] : [{ ...first.judged.dataset, accuracies: [first, ...others] }];
  });
}
