import type { OpenedDataset } from '../../qsl/openDataset.js';
import { logNotes as notesOf } from '../../runs/logNotes.js';
import type { SystemConfiguration } from '../../sut/closableSystemUnderTest.js';
import { skippedPairText } from './describeRun.js';

/** Lines that we add to the detail log, of an opened data set. */
export function logNotes(
  { library, digest, skipped, orientationApplied }: OpenedDataset,
  configuration: SystemConfiguration,
  runId?: string,
): Record<string, string> {
  const dataset = { name: library.name, sha256: digest, skipped: skipped.map(skippedPairText), orientationApplied };
  return notesOf({ dataset, configuration, runId });
}
