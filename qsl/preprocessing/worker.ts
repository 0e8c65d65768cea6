/** One of the threads that find faces: answers each image that it is sent with the outcome, one at a time. */
import { parentPort, workerData } from 'node:worker_threads';
import { messageOf } from '../../base/errors.js';
import { createFaceDetector } from '../detection/mtcnn.js';
import { findFace } from './preprocessImage.js';
import type { ImageJob, ImageResult, WorkerStart } from './preprocessImages.js';

const { networks, frame }: WorkerStart = workerData;
const detector = await createFaceDetector(networks);
let lastTurn: Promise<void> = Promise.resolve();

parentPort?.on('message', (job: ImageJob) => {
  lastTurn = lastTurn.then(() => answer(job));
});

async function answer({ index, path, read }: ImageJob): Promise<void> {
  const outcome = await findFace(path, read, detector, frame).catch((thrown: unknown) => {
    throw new Error(`${path}: ${messageOf(thrown)}`, { cause: thrown });
  });
  parentPort?.postMessage({ index, outcome } satisfies ImageResult);
}
