import { elementAt } from '../../base/arrays.js';
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

const REFINE = { side: 24, threshold: 0.7, overlap: 0.7 };
const OUTPUT = { side: 48, threshold: 0.7, overlap: 0.7 };
const LANDMARK_COUNT = 5;

/**
 * MTCNN (Zhang et al., "Joint Face Detection and Alignment using Multitask Cascaded Convolutional Networks", 2016) with
 * the published thresholds: one network proposes boxes, a second refines them, a third also places landmarks.
 */
export async function createFaceDetector(networks: MtcnnNetworks): Promise<FaceDetector> {
  const propose = createProposer(networks.pnet);
  const refiner = await openMtcnnNetwork(networks.rnet, REFINE.side, REFINE.side);
  const last = await openMtcnnNetwork(networks.onet, OUTPUT.side, OUTPUT.side);
  return {
    async detect(image) {
      return findFaces(last, image, refine(refiner, image, await propose(image)));
    },
  };
}

function refine(network: MtcnnNetwork, image: RgbImage, boxes: readonly Box[]): Box[] {
  const refined = runOnBoxes(network, REFINE.side, image, boxes, (box) => ({
    ...box,
    score: elementAt(network.output(2), 1),
    correction: correctionOf(network),
  })).filter(({ score }) => score > REFINE.threshold);
  return squareBoxes(suppressNonMaxima(refined, REFINE.overlap, 'union').map(correctByOwnSize));
}

function findFaces(network: MtcnnNetwork, image: RgbImage, boxes: readonly Box[]): DetectedFace[] {
  const faces = runOnBoxes(network, OUTPUT.side, image, boxes, (box) => ({
    score: elementAt(network.output(2), 1),
    landmarks: landmarksIn(network, box),
    ...correctByOwnSize({ ...box, correction: correctionOf(network) }),
  })).filter(({ score }) => score > OUTPUT.threshold);
  return suppressNonMaxima(faces, OUTPUT.overlap, 'min');
}

/** Shows the network each box's part of the image and calls `read` for it while its outputs are there. */
function runOnBoxes<T>(
  network: MtcnnNetwork,
  side: number,
  image: RgbImage,
  boxes: readonly Box[],
  read: (box: Box) => T,
): T[] {
  return boxes.map((box) => {
    const { pixels, width, height } = cropPadded(image, box);
    network.run(resizeArea(pixels, width, height, side, side));
    return read(box);
  });
}

function correctionOf(network: MtcnnNetwork): BoxCorrection {
  const values = network.output(4);
  return [elementAt(values, 0), elementAt(values, 1), elementAt(values, 2), elementAt(values, 3)];
}

/** First the five x, then the five y, as fractions of the box. */
function landmarksIn(network: MtcnnNetwork, box: Box): Point[] {
  const values = network.output(LANDMARK_COUNT * 2);
  const [width, height] = [box.right - box.left + 1, box.bottom - box.top + 1];
  return Array.from({ length: LANDMARK_COUNT }, (_, index) => {
    return {
      x: elementAt(values, index) * width + box.left - 1,
      y: elementAt(values, index + LANDMARK_COUNT) * height + box.top - 1,
    };
  });
}

function correctByOwnSize(box: Box & { readonly correction: BoxCorrection }): Box {
  return correctBox(box, box.correction, box.right - box.left + 1, box.bottom - box.top + 1);
}
