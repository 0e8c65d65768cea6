import { elementAt } from '../../base/arrays.js';
import { type Box, type BoxCorrection, correctBox, type ScoredBox, squareBoxes, suppressNonMaxima } from './boxes.js';
import type { RgbImage } from './image.js';
import { type MtcnnNetwork, openMtcnnNetwork } from './mtcnnNetwork.js';
import { resizeArea } from './resizeArea.js';

const MIN_FACE_SIDE = 20;
const SCALE_FACTOR = 0.709;
const SCORE_THRESHOLD = 0.6;
const OVERLAP_WITHIN_LEVEL = 0.5;
const OVERLAP_ACROSS_LEVELS = 0.7;

/** The proposing network is a convolution over the whole image: it looks through 12 x 12 windows, 2 pixels apart. */
const WINDOW_SIDE = 12;
const WINDOW_STRIDE = 2;

interface Proposal extends ScoredBox {
  readonly correction: BoxCorrection;
}

/** One size of the image: the network opened for it, and how much smaller than the image it is. */
interface PyramidLevel {
  readonly scale: number;
  readonly width: number;
  readonly height: number;
  readonly network: MtcnnNetwork;
}

/**
 * MTCNN's first stage: runs the proposing network over the image at ever smaller sizes. Networks stay open for images
 * of the same size as the last.
 */
export function createProposer(model: Uint8Array): (image: RgbImage) => Promise<Box[]> {
  let levels: PyramidLevel[] = [];
  let [width, height] = [0, 0];
  return async (image) => {
    if (image.width !== width || image.height !== height) {
      for (const { network } of levels) network.close();
      [width, height] = [image.width, image.height];
      levels = await openPyramid(model, width, height);
    }
    const proposals = levels.flatMap((level) =>
      suppressNonMaxima(proposeAt(level, image), OVERLAP_WITHIN_LEVEL, 'union'),
    );
    const boxes = suppressNonMaxima(proposals, OVERLAP_ACROSS_LEVELS, 'union');
    return squareBoxes(boxes.map((box) => correctBox(box, box.correction, box.right - box.left, box.bottom - box.top)));
  };
}

async function openPyramid(model: Uint8Array, imageWidth: number, imageHeight: number): Promise<PyramidLevel[]> {
  const levels: PyramidLevel[] = [];
  const largest = WINDOW_SIDE / MIN_FACE_SIDE;
  for (let scale = largest; Math.min(imageWidth, imageHeight) * scale >= WINDOW_SIDE; scale *= SCALE_FACTOR) {
    const [width, height] = [Math.ceil(imageWidth * scale), Math.ceil(imageHeight * scale)];
    levels.push({ scale, width, height, network: await openMtcnnNetwork(model, width, height) });
  }
  return levels;
}

function proposeAt({ scale, width, height, network }: PyramidLevel, image: RgbImage): Proposal[] {
  const pixels = resizeArea(image.pixels, image.width, image.height, width, height);
  for (let index = 0; index < pixels.length; index++) pixels[index] = Math.round(pixels[index] ?? 0);
  network.run(pixels);
  const scores = network.output(2);
  const corrections = network.output(4);
  const rows = outputLength(height);
  const proposals: Proposal[] = [];
  for (let place = 0; place * 2 < scores.length; place++) {
    const score = scores[place * 2 + 1] ?? 0;
    if (score < SCORE_THRESHOLD) continue;
    // Rows and columns are swapped, so the places of one column follow each other.
    const [left, top] = [Math.floor(place / rows) * WINDOW_STRIDE, (place % rows) * WINDOW_STRIDE];
    const at = (index: number): number => elementAt(corrections, place * 4 + index);
    proposals.push({
      left: Math.trunc((left + 1) / scale),
      top: Math.trunc((top + 1) / scale),
      right: Math.trunc((left + WINDOW_SIDE) / scale),
      bottom: Math.trunc((top + WINDOW_SIDE) / scale),
      score,
      correction: [at(0), at(1), at(2), at(3)],
    });
  }
  return proposals;
}

/** How many windows the network looks through along a side: a 3 x 3 convolution, a pooling by 2, two more 3 x 3. */
function outputLength(side: number): number {
  return Math.ceil((side - 2) / 2) - 4;
}
