import assert from 'node:assert/strict';
import { mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import { findDataset } from '../../../qsl/datasets/dataset.js';
import { syntheticFaces, temporaryDataset, temporaryFolder } from '../folders.js';

test('finds the synthetic faces that come with the package', async () => {
  const { name, imageFolder, pairs } = await findDataset({ dataset: 'synthetic' });
  assert.deepEqual([name, imageFolder, pairs.length], ['synthetic', syntheticFaces, 600]);
});

test('finds images in a sub-folder', async (t) => {
  const folder = await temporaryDataset(t, 2);
  const { name, imageFolder, pairs } = await findDataset({ dataset: folder });
  assert.deepEqual([name, imageFolder, pairs.length], ['lfw', join(folder, 'lfw'), 4]);
});

test('finds images in a sub-folder that is a link', async (t) => {
  const folder = await temporaryDataset(t, 2);
  const elsewhere = await temporaryFolder(t);
  await rename(join(folder, 'lfw'), join(elsewhere, 'images'));
  await symlink(join(elsewhere, 'images'), join(folder, 'linked'));
  assert.equal((await findDataset({ dataset: folder })).name, 'linked');
});

test('finds images in the folder itself, with the pair list elsewhere', async (t) => {
  const folder = await temporaryDataset(t, 2);
  const dataset = join(folder, 'lfw');
  const { imageFolder } = await findDataset({ dataset, pairsFile: join(folder, 'pairs.txt') });
  assert.equal(imageFolder, dataset);
});

test('refuses two folders of images, naming both', async (t) => {
  const folder = await temporaryDataset(t, 2);
  await mkdir(join(folder, 'lfw_funneled', 'Synthetic_001'), { recursive: true });
  await assert.rejects(findDataset({ dataset: folder }), {
    code: 'QSL_DATASET',
    message: new RegExp(`${basename(folder)}: found images in .*lfw.* and .*, expected one folder`),
  });
});

test('refuses a folder without images', async (t) => {
  const folder = await temporaryDataset(t, 2);
  await rm(join(folder, 'lfw'), { recursive: true });
  await assert.rejects(findDataset({ dataset: folder }), {
    code: 'QSL_DATASET',
    message: /found no images of the pair list/,
  });
});

test('refuses a folder that is not there', async (t) => {
  const dataset = join(await temporaryFolder(t), 'missing');
  await assert.rejects(findDataset({ dataset }), { code: 'QSL_DATASET', message: /missing: cannot read .*ENOENT/ });
});

test('refuses a data set without a pair list', async (t) => {
  const dataset = await temporaryFolder(t);
  await assert.rejects(findDataset({ dataset }), { code: 'QSL_PAIRS_FILE', message: /pairs\.txt: .*ENOENT/ });
});

test('faults of the pair list name its path', async (t) => {
  const dataset = await temporaryFolder(t);
  await writeFile(join(dataset, 'pairs.txt'), '1\t1\nAnn\nBob');
  await assert.rejects(findDataset({ dataset }), { code: 'QSL_PAIRS_FORMAT', message: /pairs\.txt:2: .*\n.*:3: / });
});
