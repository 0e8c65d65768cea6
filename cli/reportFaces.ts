import { LoadGenError } from '../base/errors.js';
import { SYNTHETIC_DATASET } from '../qsl/datasets/datasetFolder.js';
import { openFaceImages } from '../qsl/faceImages.js';
import { type Faces, misjudgedImages } from '../reports/html/misjudgedPairs.js';
import type { JudgedDataset } from '../reports/html/reportData.js';
import { withPreprocessingBar } from './datasetOptions.js';

/** Where the faces of the runs' data are, if that is said. */
export interface FaceSource {
  readonly dataset: string | undefined;
  readonly pairsFile: string | undefined;
  readonly pairs: number | undefined;
  readonly set: number | undefined;
  readonly applyOrientation: boolean;
}

const HOW_TO =
  'To see the faces, name the data set as it was named for the run: --dataset FOLDER, with --pairs-file, --pairs, --set or --apply-orientation if the run had them.';

/** The faces that a report shows, for each of its data sets; or why there are none, which is also said on standard error. */
export async function openFaces(
  datasets: readonly JudgedDataset[],
  source: FaceSource,
  signal: AbortSignal,
): Promise<Faces[]> {
  const faces: Faces[] = [];
  for (const dataset of datasets) faces.push(await facesOf(dataset, source, signal));
  return faces;
}

async function facesOf(judged: JudgedDataset, source: FaceSource, signal: AbortSignal): Promise<Faces> {
  const names = misjudgedImages(judged.accuracies);
  if (names.length === 0) return { images: new Map() };
  const dataset = source.dataset ?? (judged.name === SYNTHETIC_DATASET ? SYNTHETIC_DATASET : undefined);
  if (dataset === undefined) return { missing: HOW_TO };
  try {
    return await loadFaces(judged, names, { ...source, dataset }, signal);
  } catch (thrown) {
    // The pairs were named for another of the runs, or not named at all.
    const isExpected = thrown instanceof LoadGenError && !signal.aborted;
    const isNamed = Object.values(source).some((value) => value !== undefined && value !== false);
    if (!isExpected || (isNamed && thrown.code !== 'QSL_OTHER_PAIRS')) throw thrown;
    return explainMissing(
      `The faces of ${judged.name ?? 'the data'} cannot be shown (${thrown.code}).`,
      thrown.message,
    );
  }
}

async function loadFaces(
  judged: JudgedDataset,
  names: readonly string[],
  source: FaceSource & { readonly dataset: string },
  signal: AbortSignal,
): Promise<Faces> {
  const [first] = judged.accuracies;
  if (first === undefined) return { images: new Map() };
  const { network, pairs } = first.judged;
  const { digest, images } = await withPreprocessingBar({ ...source, network, skipMissing: false }, signal, (options) =>
    openFaceImages(options, pairs, names),
  );
  if (digest !== judged.sha256)
    return explainMissing(
      `The faces are not shown: those of the data set "${judged.name ?? 'unknown'}" are others than the run's.`,
      `their digest is ${digest}; the run's is ${judged.sha256 ?? 'unknown'}`,
    );
  return {
    images: new Map(
      [...images].map(([name, jpeg]) => [name, `data:image/jpeg;base64,${Buffer.from(jpeg).toString('base64')}`]),
    ),
  };
}

/** `detail` may name a path, so it does not go into the page. */
function explainMissing(sentence: string, detail: string): Faces {
  console.error(`${sentence} ${detail}`);
  return { missing: `${sentence} ${HOW_TO}` };
}
