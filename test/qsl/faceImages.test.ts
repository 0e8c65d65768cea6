import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import sharp from 'sharp';
import { imageText } from '../../qsl/datasets/imageName.js';
import { openFaceImages } from '../../qsl/faceImages.js';
import { type OpenDatasetOptions, openDataset } from '../../qsl/openDataset.js';
import { temporaryCache, temporaryDataset } from './folders.js';
import { narrowInput } from './networkInputs.js';

async function setting(t: TestContext): Promise<OpenDatasetOptions> {
  return {
    dataset: await temporaryDataset(t, 4),
    cacheFolder: await temporaryCache(t),
    workerCount: 1,
    ...narrowInput,
  };
}

test("some of a run's faces, small, the same bytes each time, and the run's digest", async (t) => {
  const options = await setting(t);
  // As a run with --quick has them: some of the pairs.
  const { library, digest } = await openDataset({ ...options, spread: 4 });
  const pairs = library.pairs.map(({ a, b, same, set }) => ({ nameA: imageText(a), nameB: imageText(b), same, set }));
  const names = ['Synthetic_001 1', 'Synthetic_003 2'];
  const opened = await openFaceImages(options, pairs, names);
  assert.equal(opened.digest, digest);
  assert.deepEqual([...opened.images.keys()], names);
  for (const jpeg of opened.images.values()) {
    assert.ok(jpeg.length < 4000, `${jpeg.length} bytes`);
    const { format, width, height } = await sharp(jpeg).metadata();
    const { frame } = options;
    assert.deepEqual([format, width, height], ['jpeg', 64, Math.round((64 * frame.height) / frame.width)]);
  }
  assert.deepEqual(await openFaceImages(options, pairs, names), opened);
  const otherPairs = pairs.map((pair, index) => (index === 0 ? { ...pair, same: !pair.same } : pair));
  assert.notEqual((await openFaceImages(options, otherPairs, names)).digest, digest);
});

test('pairs of other images are refused by name', async (t) => {
  const pair = { nameA: 'Synthetic_001 1', nameB: 'Somebody 7', same: false, set: 1 };
  await assert.rejects(openFaceImages(await setting(t), [pair], []), {
    code: 'QSL_OTHER_PAIRS',
    message: 'found no image "Somebody 7" in the pair list of lfw, expected those of the run',
  });
});
