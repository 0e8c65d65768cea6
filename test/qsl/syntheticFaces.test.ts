import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SYNTHETIC_DATASET } from '../../qsl/datasets/datasetFolder.js';
import { preprocessDataset } from '../../qsl/preprocessDataset.js';
import { temporaryCache } from './folders.js';
import { narrowInput } from './networkInputs.js';

test('in every synthetic image a face is found', async (t) => {
  const { report } = await preprocessDataset({
    dataset: SYNTHETIC_DATASET,
    cacheFolder: await temporaryCache(t),
    frame: narrowInput.frame,
  });
  assert.deepEqual([report.imageCount, report.faceCount, report.faults], [600, 600, []]);
});
