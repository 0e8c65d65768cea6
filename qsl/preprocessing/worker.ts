/** One of the threads that preprocess images: answers each job that it is sent with the outcome, one at a time. */
import { parentPort, workerData } from 'node:worker_threads';
import sharp from 'sharp';
import { createFaceDetector } from '../detection/mtcnn.js';
import type { MtcnnNetworks } from '../detection/mtcnnFiles.js';
import { preprocessImage } from './preprocessImage.js';
import type { ImageJob, ImageResult } from './preprocessImages.js';

sharp.concurrency(1);
sharp.cache(false);

const networks: MtcnnNetworks = workerData;
const detector = await createFaceDetector(networks);

parentPort?.on('message', async ({ index, path }: ImageJob) => {
  const result: ImageResult = { index, outcome: await preprocessImage(path, detector) };
  parentPort?.postMessage(result);
});
