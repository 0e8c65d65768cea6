/** On photographs, when LFW is there: in the folder named by LFW_DIR, or in ../shared/lfw beside the project. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { elementAt } from '../../base/elementAt.js';
import { openDataset, preprocessDataset } from '../../qsl/index.js';
import { lfwFolder, needsLfw } from '../lfw.js';
import { temporaryCache } from './folders.js';
import { narrowInput } from './networkInputs.js';

test('faces are found in photographs, surely', needsLfw, async (t) => {
  const options = { dataset: lfwFolder ?? '', cacheFolder: await temporaryCache(t), ...narrowInput, pairs: 10 };
  const { library, report } = await openDataset(options);
  assert.deepEqual([library.totalSampleCount, report.imageCount, report.lowScoreCount], [10, report.faceCount, 0]);
});

test('aligned photographs are upright and resemble their mean', needsLfw, async (t) => {
  const options = { dataset: lfwFolder ?? '', cacheFolder: await temporaryCache(t), ...narrowInput, pairs: 8 };
  const { outcomes } = await preprocessDataset(options);
  const faces = [...outcomes.values()].flatMap((outcome) => ('face' in outcome ? [outcome.face] : []));
  const mean = meanFace(faces);
  for (const face of faces) {
    const aligned = correlation(face, mean);
    assert.ok(aligned > correlation(upsideDown(face), mean) && aligned > 0.3, `correlation ${aligned}`);
  }
});

function meanFace(faces: readonly Uint8Array[]): Float64Array {
  const mean = new Float64Array(elementAt(faces, 0).length);
  for (const face of faces) for (const [index, value] of face.entries()) mean[index] = (mean[index] ?? 0) + value;
  return mean;
}

/** Bytes in reverse: a half turn. */
function upsideDown(face: Uint8Array): Uint8Array {
  return face.toReversed();
}

function correlation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const mean = (values: ArrayLike<number>): number => Array.from(values).reduce((sum, v) => sum + v, 0) / values.length;
  const [meanA, meanB] = [mean(a), mean(b)];
  let [dot, squareA, squareB] = [0, 0, 0];
  for (let index = 0; index < a.length; index++) {
    const [x, y] = [(a[index] ?? 0) - meanA, (b[index] ?? 0) - meanB];
    dot += x * y;
    squareA += x * x;
    squareB += y * y;
  }
  return dot / Math.sqrt(squareA * squareB);
}
