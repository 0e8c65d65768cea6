import type { Argv } from 'yargs';
import { FETCHED_DATASETS, SYNTHETIC_DATASET } from '../qsl/datasets/datasetFolder.js';
import { MAX_PIXELS } from '../qsl/detection/image.js';
import type { OpenDatasetOptions, SkippedPair } from '../qsl/openDataset.js';
import { networkNamed } from '../sut/networks/index.js';
import { networkInputOf } from '../sut/networks/network.js';
import { flag, number, text } from './options.js';
import { startProgressBar } from './progressBar.js';

/** What can be read, and what becomes of large photos. */
const IMAGES = `JPEG or PNG; above ${MAX_PIXELS.toLocaleString('en')} pixels they are made smaller`;

export interface DatasetArguments {
  readonly network: string;
  readonly dataset: string;
  readonly pairsFile: string | undefined;
  readonly pairs: number | undefined;
  readonly set: number | undefined;
  readonly skipMissing: boolean;
  readonly applyOrientation: boolean;
}

/** The options that say which pairs of faces to use. */
export function withDatasetOptions<T>(command: Argv<T>) {
  const names = `"${SYNTHETIC_DATASET}" (built in), "${FETCHED_DATASETS.join('", "')}" (after "loadgen fetch")`;
  const dataset = { ...text(`${names}, or a folder of face images: ${IMAGES}`), default: SYNTHETIC_DATASET };
  return withPairSelection(command.option('dataset', dataset)).option(
    'skip-missing',
    flag('Leave out pairs with an image that is missing or shows no face'),
  );
}

/** The options that select pairs of a data set, and say how its images are read. */
export function withPairSelection<T>(command: Argv<T>) {
  return command
    .option(
      'pairs-file',
      text(
        "Pair list in LFW's or CALFW's format, or of lines 'pathA pathB 0|1' (default: pairs.txt or pairs.csv in the folder or beside it)",
      ),
    )
    .option('pairs', number('Use only the first N pairs of the list (LFW lists matched pairs first)'))
    .option('set', number('Use one set of the list, counted from 1 (default: 1)'))
    .option('apply-orientation', flag('Turn images as their EXIF data say, as photos of phones need'))
    .conflicts('pairs', 'set');
}

/** Opens a data set, with a progress bar if there are faces to find. */
export async function withPreprocessingBar<T>(
  options: DatasetArguments,
  signal: AbortSignal,
  open: (options: OpenDatasetOptions) => Promise<T>,
): Promise<T> {
  let bar: ReturnType<typeof startProgressBar> | undefined;
  const onProgress = (done: number, total: number) => {
    bar ??= startProgressBar('Finding and aligning faces');
    bar.update(done / total);
  };
  try {
    return await open({ ...options, ...networkInputOf(networkNamed(options.network)), signal, onProgress });
  } finally {
    bar?.stop();
  }
}

/** How many pairs were left out, and each faulty image once. Empty if none were. */
export function skippedPairsText(skipped: readonly SkippedPair[]): string {
  if (skipped.length === 0) return '';
  const faults = new Set(skipped.flatMap((pair) => pair.faults.map(({ message }) => message)));
  return [`Left out ${skipped.length} pairs:`, ...faults].join('\n  ');
}
