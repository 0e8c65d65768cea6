import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { LoadGenError, messageOf } from '../../base/errors.js';
import type { FaceFrame } from '../../base/pairLayout.js';
import type { MtcnnNetworks } from '../detection/mtcnnFiles.js';
import { type ImageOutcome, type ReadImage, readImage } from './preprocessImage.js';

/** Images that a worker has at a time: while it looks for the faces of one, the next is read. */
const IMAGES_A_WORKER = 2;

export interface PreprocessingOptions {
  /** Turns images as their EXIF data say. */
  readonly applyOrientation?: boolean | undefined;
  /** Threads; without it one for each core. */
  readonly workerCount?: number | undefined;
  /** Called after each image; images taken from an earlier run count as done. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
  /** Stops the workers; the call then rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** Called for each image when it is done, with its place in `paths`. */
type OnOutcome = (index: number, outcome: ImageOutcome) => void;

/** What a worker is started with. */
export interface WorkerStart {
  readonly networks: MtcnnNetworks;
  readonly frame: FaceFrame;
}

/** What a worker is sent. */
export interface ImageJob {
  readonly index: number;
  readonly path: string;
  readonly read: ReadImage;
}

/** What it sends back. */
export interface ImageResult {
  readonly index: number;
  readonly outcome: ImageOutcome;
}

/**
 * Preprocesses image files on all cores. What comes of each does not depend on the number of workers; which is done
 * first may.
 *
 * @throws LoadGenError `QSL_WORKER_COUNT`; `QSL_WORKER` if a worker broke down
 */
export async function preprocessImages(
  paths: readonly string[],
  networks: MtcnnNetworks,
  frame: FaceFrame,
  {
    applyOrientation = false,
    workerCount = availableParallelism(),
    onOutcome,
    signal,
  }: PreprocessingOptions & { onOutcome: OnOutcome },
): Promise<void> {
  if (!Number.isInteger(workerCount) || workerCount < 1) {
    throw new LoadGenError('QSL_WORKER_COUNT', `found ${workerCount} workers, expected a whole number from 1`);
  }
  signal?.throwIfAborted();
  const decoding = { applyOrientation };
  const workers = Array.from({ length: Math.min(workerCount, paths.length) }, () => {
    return new Worker(new URL('./worker.js', import.meta.url), {
      workerData: { networks, frame } satisfies WorkerStart,
    });
  });
  let [doneCount, ended] = [0, false];
  try {
    await new Promise<void>((resolve, reject) => {
      const jobs = paths.entries();
      const take = (worker: Worker, index: number, outcome: ImageOutcome): void => {
        if (ended) return;
        doneCount++;
        onOutcome(index, outcome);
        if (doneCount === paths.length) resolve();
        else void give(worker).catch(reject);
      };
      const give = async (worker: Worker): Promise<void> => {
        const next = jobs.next();
        if (next.done) return;
        const [index, path] = next.value;
        const read = await readImage(path, decoding);
        if ('fault' in read) take(worker, index, read);
        else worker.postMessage({ index, path, read } satisfies ImageJob);
      };
      const stop = () => {
        ended = true;
        reject(signal?.reason);
      };
      signal?.addEventListener('abort', stop, { once: true });
      for (const worker of workers) {
        worker.on('message', ({ index, outcome }: ImageResult) => take(worker, index, outcome));
        worker.on('error', (error) => reject(workerError(messageOf(error), error)));
        worker.on('exit', (code) => reject(workerError(`it ended with code ${code}`)));
        for (let count = 0; count < IMAGES_A_WORKER; count++) void give(worker).catch(reject);
      }
    });
  } finally {
    ended = true;
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

function workerError(what: string, cause?: unknown): LoadGenError {
  return new LoadGenError('QSL_WORKER', `a preprocessing worker failed: ${what}`, {
    cause,
  });
}
