import type { Argv } from 'yargs';
import { FETCHED_DATASETS, type OpenDatasetOptions, type SkippedPair, SYNTHETIC_DATASET } from '../qsl/index.js';
import { networkNamed } from '../sut/networks/index.js';
import { networkInputOf } from './networkOption.js';
import { startProgressBar } from './progressBar.js';

export interface DatasetArguments {
  readonly network: string;
  readonly dataset: string;
  readonly pairsFile: string | undefined;
  readonly pairs: number | undefined;
  readonly set: number | undefined;
  readonly skipMissing: boolean;
}

/** The options that say which pairs of faces to use. */
export function withDatasetOptions<T>(command: Argv<T>) {
  const described = command.option('dataset', {
    type: 'string',
    default: SYNTHETIC_DATASET,
    describe: `"${SYNTHETIC_DATASET}" (comes with this program), "${FETCHED_DATASETS.join('" or "')}" (after "loadgen fetch"), or a folder of face images, such as LFW`,
    requiresArg: true,
  });
  return withPairSelection(described).option('skip-missing', {
    type: 'boolean',
    default: false,
    describe: 'Leave out pairs with an image that is missing or has no face',
  });
}

/** The options that say which pairs of a data set are meant. */
export function withPairSelection<T>(command: Argv<T>) {
  return command
    .option('pairs-file', {
      type: 'string',
      describe: "Pair list (LFW's, CALFW's, or 'pathA pathB 0|1'), if not the folder's pairs.txt",
      requiresArg: true,
    })
    .option('pairs', {
      type: 'number',
      describe: 'Only the first so many pairs of the list (which begins with matched ones)',
      requiresArg: true,
    })
    .option('set', { type: 'number', describe: 'One set of the list, from 1 on (default: 1)', requiresArg: true })
    .conflicts('pairs', 'set');
}

/** Opens with a progress bar over the images; the bar appears only if there is work to do. */
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

/** How many pairs were left out, and each image at fault once; nothing if none was. */
export function skippedPairsText(skipped: readonly SkippedPair[]): string {
  if (skipped.length === 0) return '';
  const faults = new Set(skipped.flatMap((pair) => pair.faults.map(({ message }) => message)));
  return [`Left out ${skipped.length} pairs:`, ...faults].join('\n  ');
}
