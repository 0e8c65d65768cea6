import assert from 'node:assert/strict';
import { test } from 'node:test';
import { preprocessImages } from '../../qsl/preprocessing/preprocessImages.js';
import { syntheticImage, testNetworks } from './folders.js';
import { narrowInput } from './networkInputs.js';

const images = [1, 2, 3].map((person) => syntheticImage(person, 1));

test('a worker that cannot start ends the work with its reason', async () => {
  const networks = { ...(await testNetworks()), onet: Buffer.from('no network') };
  await assert.rejects(preprocessImages(images, networks, narrowInput.frame, { workerCount: 2, onOutcome() {} }), {
    code: 'QSL_WORKER',
    exitCode: 1,
    message: /^a preprocessing worker failed: .*TFLite/,
  });
});

test('a network that fails at an image ends the work, naming the image', async () => {
  const networks = await testNetworks();
  const swapped = { ...networks, pnet: networks.onet };
  await assert.rejects(preprocessImages(images, swapped, narrowInput.frame, { workerCount: 1, onOutcome() {} }), {
    code: 'QSL_WORKER',
    // A worker has two at a time, and the smaller file may be read first.
    message: /Synthetic_00[12]_0001\.jpg: /,
  });
});
