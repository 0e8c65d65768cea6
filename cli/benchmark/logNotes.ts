import type { OpenedDataset } from '../../qsl/openDataset.js';
import { RUN_ID_KEY } from '../../runs/layout.js';
import type { SystemConfiguration } from '../../sut/closableSystemUnderTest.js';
import { skippedPairText } from './describeRun.js';

/** Lines that we add to the detail log: facts about data and system. */
export function logNotes(
  dataset: OpenedDataset,
  configuration: SystemConfiguration,
  runId?: string,
): Record<string, string> {
  const ofSystem = Object.entries(configuration).map(([key, value]) => [`sut_${snakeCase(key)}`, String(value)]);
  return {
    ...(runId === undefined ? {} : { [RUN_ID_KEY]: runId }),
    dataset_name: dataset.library.name,
    dataset_sha256: dataset.digest,
    dataset_skipped_pairs: String(dataset.skipped.length),
    ...Object.fromEntries(
      dataset.skipped.map((skipped, index) => [`dataset_skipped_${index + 1}`, skippedPairText(skipped)]),
    ),
    ...(dataset.orientationApplied ? { dataset_exif_orientation: 'applied' } : {}),
    ...Object.fromEntries(ofSystem),
  };
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
