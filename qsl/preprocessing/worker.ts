/** One of the threads that preprocess images: answers each job that it is sent with the outcome, one at a time. */
import { parentPort, workerData } from 'node:worker_threads';
import sharp from 'sharp';
import { messageOf } from '../../base/errors.js';
import { createFaceDetector } from '../detection/mtcnn.js';
import { preprocessImage } from './preprocessImage.js';
import type { ImageJob, ImageResult, WorkerStart } from './preprocessImages.js';

sharp.concurrency(1);
sharp.cache(false);

const { networks, frame, decoding }: WorkerStart = workerData;
const detector = await createFaceDetector(networks);

parentPort?.on('message', async ({ index, path }: ImageJob) => {
  const outcome = await preprocessImage(path, detector, frame, decoding).catch((thrown: unknown) => {
    throw new Error(`${path}: ${messageOf(thrown)}`, { cause: thrown });
  });
  parentPort?.postMessage({ index, outcome } satisfies ImageResult);
});
