import { elementAt } from '../../base/elementAt.js';
import type { Point } from '../alignment/similarity.js';
import { type Box, type BoxCorrection, correctBox, type ScoredBox, squareBoxes, suppressNonMaxima } from './boxes.js';
import { cropPadded } from './cropPadded.js';
import type { RgbImage } from './image.js';
import type { MtcnnNetworks } from './mtcnnFiles.js';
import { type MtcnnNetwork, openMtcnnNetwork } from './mtcnnNetwork.js';
import { createProposer } from './proposals.js';
import { resizeArea } from './resizeArea.js';

/** A face as MTCNN's last network sees it. */
export interface DetectedFace extends ScoredBox {
  /** Left eye, right eye, nose, left and right corner of the mouth, as seen in the image. */
  readonly landmarks: readonly Point[];
}

export interface FaceDetector {
  /** All faces, the highest score first. Never two calls at once. */
  detect(image: RgbImage): Promise<DetectedFace[]>;
}

const REFINE = { side: 24, threshold: 0.7, overlap: 0.7, batchSize: 16 };
const OUTPUT = { side: 48, threshold: 0.7, overlap: 0.7, batchSize: 4 };
const LANDMARK_COUNT = 5;

/**
 * MTCNN (Zhang et al., "Joint Face Detection and Alignment using Multitask Cascaded Convolutional Networks", 2016) with
 * the published thresholds: one network proposes boxes, a second refines them, a third also places landmarks.
 */
export async function createFaceDetector(networks: MtcnnNetworks): Promise<FaceDetector> {
  const propose = createProposer(networks.pnet);
  const refiner = await openMtcnnNetwork(networks.rnet, REFINE.batchSize, REFINE.side, REFINE.side);
  const last = await openMtcnnNetwork(networks.onet, OUTPUT.batchSize, OUTPUT.side, OUTPUT.side);
  return {
    async detect(image) {
      return findFaces(last, image, refine(refiner, image, await propose(image)));
    },
  };
}

function refine(network: MtcnnNetwork, image: RgbImage, boxes: readonly Box[]): Box[] {
  const refined = runOnBoxes(network, REFINE.side, image, boxes, (box, position) => ({
    ...box,
    score: elementAt(network.output(2), position * 2 + 1),
    correction: correctionAt(network, position),
  })).filter(({ score }) => score > REFINE.threshold);
  return squareBoxes(suppressNonMaxima(refined, REFINE.overlap, 'union').map(corrected));
}

function findFaces(network: MtcnnNetwork, image: RgbImage, boxes: readonly Box[]): DetectedFace[] {
  const faces = runOnBoxes(network, OUTPUT.side, image, boxes, (box, position) => ({
    score: elementAt(network.output(2), position * 2 + 1),
    landmarks: landmarksAt(network, position, box),
    ...corrected({ ...box, correction: correctionAt(network, position) }),
  })).filter(({ score }) => score > OUTPUT.threshold);
  return suppressNonMaxima(faces, OUTPUT.overlap, 'min');
}

/** Shows the network each box's part of the image and calls `read` for it while its outputs are there. */
function runOnBoxes<T>(
  network: MtcnnNetwork,
  side: number,
  image: RgbImage,
  boxes: readonly Box[],
  read: (box: Box, position: number) => T,
): T[] {
  const results: T[] = [];
  for (let start = 0; start < boxes.length; start += network.batchSize) {
    const batch = boxes.slice(start, start + network.batchSize);
    for (const [position, box] of batch.entries()) {
      const { pixels, width, height } = cropPadded(image, box);
      network.setImage(position, resizeArea(pixels, width, height, side, side));
    }
    network.run();
    results.push(...batch.map(read));
  }
  return results;
}

function correctionAt(network: MtcnnNetwork, position: number): BoxCorrection {
  const values = network.output(4);
  const at = (index: number): number => elementAt(values, position * 4 + index);
  return [at(0), at(1), at(2), at(3)];
}

/** First the five x, then the five y, as fractions of the box. */
function landmarksAt(network: MtcnnNetwork, position: number, box: Box): Point[] {
  const values = network.output(LANDMARK_COUNT * 2);
  const [width, height] = [box.right - box.left + 1, box.bottom - box.top + 1];
  return Array.from({ length: LANDMARK_COUNT }, (_, index) => {
    const start = position * LANDMARK_COUNT * 2 + index;
    return {
      x: elementAt(values, start) * width + box.left - 1,
      y: elementAt(values, start + LANDMARK_COUNT) * height + box.top - 1,
    };
  });
}

function corrected(box: Box & { readonly correction: BoxCorrection }): Box {
  return correctBox(box, box.correction, box.right - box.left + 1, box.bottom - box.top + 1);
}
