import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SYNTHETIC_DATASET, SYNTHETIC_FOLDER } from '../../qsl/datasets/datasetFolder.js';
import { type PreprocessedDataset, preprocessDataset } from '../../qsl/preprocessDataset.js';
import { readShippedFaces } from '../../qsl/store/shippedFaces.js';
import { copyOfSyntheticFaces, temporaryCache, temporaryFolder } from './folders.js';
import { narrowInput, squareInput } from './networkInputs.js';

const { frame } = narrowInput;

test('the shipped faces are those that are found in the synthetic images, byte for byte', async (t) => {
  const dataset = await copyOfSyntheticFaces(t);
  const found = await preprocessDataset({ dataset, cacheFolder: await temporaryCache(t), frame });
  assert.equal(found.report.fromStore, false);
  assert.deepEqual([found.report.imageCount, found.report.faceCount, found.report.faults], [600, 600, []]);
  const shipped = await preprocessDataset({ dataset: SYNTHETIC_DATASET, cacheFolder: await temporaryFolder(t), frame });
  assert.equal(shipped.report.fromStore, true);
  assert.deepEqual(linesOf(shipped), linesOf(found));
});

/** A line for each image, with the face's digest, to which a store's faces are held. */
function linesOf({ outcomes }: PreprocessedDataset): string[] {
  return [...outcomes].map(([path, outcome]) => JSON.stringify([path, { ...outcome, face: undefined }]));
}

const OTHERS = [
  ['another folder', { imageFolder: '/other', frame, applyOrientation: false }],
  ['another frame', { imageFolder: SYNTHETIC_FOLDER, frame: squareInput.frame, applyOrientation: false }],
  ['images that are turned', { imageFolder: SYNTHETIC_FOLDER, frame, applyOrientation: true }],
] as const;

for (const [what, address] of OTHERS) {
  test(`no faces are shipped for ${what}`, async () => {
    assert.equal(await readShippedFaces({ ...address, storeFolder: '', imagePaths: [] }), undefined);
  });
}
