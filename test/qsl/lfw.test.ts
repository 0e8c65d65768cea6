/** On photographs, when LFW is there: in the folder named by LFW_DIR, or in ../shared/lfw beside the project. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { elementAt } from '../../base/arrays.js';
import { preprocessDataset } from '../../qsl/preprocessDataset.js';
import { lfwFolder, needsLfw } from '../lfw.js';
import { temporaryCache } from './folders.js';
import { narrowInput } from './networkInputs.js';

test('in every photograph of the first set a face is found, surely, and brought upright', needsLfw, async (t) => {
  const { outcomes, report } = await preprocessDataset({
    dataset: lfwFolder ?? '',
    cacheFolder: await temporaryCache(t),
    frame: narrowInput.frame,
  });
  assert.deepEqual([report.imageCount, report.faceCount, report.faults, report.lowScores], [807, 807, [], []]);
  const faces = [...outcomes.values()].flatMap((outcome) => ('face' in outcome ? [outcome.face] : []));
  const mean = meanFace(faces);
  for (const [path, outcome] of outcomes) {
    assert.ok('face' in outcome);
    const aligned = correlation(outcome.face, mean);
    assert.ok(aligned > correlation(upsideDown(outcome.face), mean), `${path}: ${aligned}`);
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
