import { deriveEffectiveSettings } from '../../loadgen/index.js';
import { type OpenedDataset, openDataset } from '../../qsl/openDataset.js';
import { type DatasetArguments, skippedPairsText, withPreprocessingBar } from '../datasetOptions.js';
import type { PlannedTest } from './planTests.js';

/**
 * Opens the data set for these tests, names the pairs that were left out, and finds what is wrong with the last test's
 * settings before the first one is run.
 */
export async function openBenchmarkDataset(
  options: DatasetArguments & { readonly spread?: number },
  tests: readonly PlannedTest[],
  signal: AbortSignal,
): Promise<OpenedDataset> {
  const dataset = await withPreprocessingBar(options, signal, openDataset);
  printDatasetNotes(dataset);
  for (const { settings } of tests) deriveEffectiveSettings(settings, dataset.library);
  return dataset;
}

export function printDatasetNotes({ notes, skipped }: Pick<OpenedDataset, 'notes' | 'skipped'>): void {
  for (const note of notes) console.error(note);
  if (skipped.length > 0) console.error(skippedPairsText(skipped));
}
