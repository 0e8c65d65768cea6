import type { Argv } from 'yargs';
import { writing } from '../platform/node/files.js';
import { writeWhole } from '../platform/node/wholeFile.js';
import type { Comparison } from '../reports/compare/comparison.js';
import { htmlReport } from '../reports/html/htmlReport.js';
import { readReportData } from '../reports/html/reportData.js';
import { withPairSelection } from './datasetOptions.js';
import { interruptible } from './interruption.js';
import { text } from './options.js';
import { startProgressBar } from './progressBar.js';
import { type FaceSource, openFaces } from './reportFaces.js';

export type FacesArguments = FaceSource;

/** The options that say where a report finds faces, which are not in the logs. */
export function withFacesOptions(command: Argv) {
  const dataset = text("The runs' data set, to show the faces of wrongly decided pairs (built-in faces are found)");
  return withPairSelection(command.option('dataset', dataset));
}

/** Writes a page about runs, of which the first is the baseline, and returns their comparison. */
export async function writeHtmlReport(runs: readonly string[], file: string, source: FaceSource): Promise<Comparison> {
  const bar = startProgressBar('Reading the logs');
  const data = await readReportData(runs, (share) => bar.update(share)).finally(() => bar.stop());
  const faces = await interruptible((signal) => openFaces(data.datasets, source, signal));
  await writeReport(file, htmlReport(data, faces));
  return data.comparison;
}

/** @throws REPORT_WRITE */
export async function writeReport(file: string, report: string): Promise<void> {
  await writing('REPORT_WRITE', file, () => writeWhole(file, report), 'Name another file.');
}
