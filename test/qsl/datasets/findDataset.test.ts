import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { findDataset } from '../../../qsl/datasets/dataset.js';
import { imageText, relativeImagePath } from '../../../qsl/datasets/imageName.js';
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

for (const [typed, meant] of [
  ['lwf', 'lfw'],
  ['lfw_funneled', 'lfw-funneled'],
  ['Synthetic', 'synthetic'],
] as const) {
  test(`a data set "${typed}" that is not there is taken for a mistyped ${meant}`, async () => {
    const message = new RegExp(`${typed}: cannot read .*ENOENT.*\\. Did you mean ${meant}\\?$`);
    await assert.rejects(findDataset({ dataset: typed }), { code: 'QSL_DATASET', message });
  });
}

test('refuses a data set without a pair list', async (t) => {
  const dataset = await temporaryFolder(t);
  await assert.rejects(findDataset({ dataset }), { code: 'QSL_PAIRS_FILE', message: /pairs\.txt: .*ENOENT/ });
});

test('faults of the pair list name its path', async (t) => {
  const dataset = await temporaryFolder(t);
  await writeFile(join(dataset, 'pairs.txt'), '1\t1\nAnn\nBob');
  await assert.rejects(findDataset({ dataset }), { code: 'QSL_PAIRS_FORMAT', message: /pairs\.txt:2: .*\n.*:3: / });
});

test('finds images two folders down, with the list beside them, and not what macOS leaves', async (t) => {
  const folder = await temporaryDataset(t, 2);
  const outer = join(folder, 'lfw-deepfunneled');
  await mkdir(join(folder, '__MACOSX', 'lfw-deepfunneled', 'Synthetic_001'), { recursive: true });
  await mkdir(outer);
  await rename(join(folder, 'lfw'), join(outer, 'lfw-deepfunneled'));
  for (const dataset of [folder, outer, join(outer, 'lfw-deepfunneled')]) {
    const pairsFile = dataset === folder || dataset === outer ? undefined : join(folder, 'pairs.txt');
    const { name, imageFolder, pairs } = await findDataset({ dataset, pairsFile });
    assert.deepEqual([name, imageFolder, pairs.length], ['lfw-deepfunneled', join(outer, 'lfw-deepfunneled'), 4]);
  }
});

for (const [what, renamed, note] of [
  ['upper-case extensions', (name: string) => name.replace('.jpg', '.JPG'), undefined],
  ['the other ending', (name: string) => name.replace('.jpg', '.JPEG'), undefined],
  ['the other format', (name: string) => name.replace('.jpg', '.png'), /^4 images are read in another format .*\.png$/],
] as const) {
  test(`finds images with ${what}`, async (t) => {
    const folder = await temporaryDataset(t, 2);
    for (const { parentPath, name } of await readdir(join(folder, 'lfw'), { recursive: true, withFileTypes: true })) {
      if (name.endsWith('.jpg')) await rename(join(parentPath, name), join(parentPath, renamed(name)));
    }
    const { pairs, notes, imageFolder } = await findDataset({ dataset: folder });
    for (const { a, b } of pairs) {
      for (const image of [a, b]) assert.ok(existsSync(join(imageFolder, relativeImagePath(image))));
    }
    assert.equal(notes.length, note === undefined ? 0 : 1);
    if (note !== undefined) assert.match(notes.join(), note);
    // What logs call an image does not depend on it.
    assert.equal(pairs[0] && imageText(pairs[0].a), 'Synthetic_001 1');
  });
}

test('finds names in another Unicode form than the list has', async (t) => {
  const folder = await temporaryFolder(t);
  const [composed, decomposed] = ['Ren\u00e9', 'Rene\u0301'];
  await mkdir(join(folder, 'faces', decomposed), { recursive: true });
  for (const number of [1, 2]) await writeFile(join(folder, 'faces', decomposed, `${decomposed}_000${number}.jpg`), '');
  await writeFile(join(folder, 'pairs.txt'), `${composed}\t1\t2`);
  const { imageFolder, pairs, notes } = await findDataset({ dataset: folder });
  const images = pairs.flatMap(({ a, b }) => [a, b]);
  assert.deepEqual(images.map(imageText), [`${composed} 1`, `${composed} 2`]);
  assert.ok(images.every((image) => existsSync(join(imageFolder, relativeImagePath(image)))));
  assert.deepEqual(notes, []);
});

test('a list of absolute paths may name the folder or what it links to', async (t) => {
  const folder = await temporaryDataset(t, 1);
  const link = join(await temporaryFolder(t), 'link');
  await symlink(join(folder, 'lfw'), link);
  const images = [
    join(link, 'Synthetic_001/Synthetic_001_0001.jpg'),
    join(folder, 'lfw/Synthetic_001/Synthetic_001_0002.jpg'),
  ];
  const pairsFile = join(folder, 'list.txt');
  await writeFile(pairsFile, `${images.join(' ')} 1`);
  const { pairs } = await findDataset({ dataset: link, pairsFile });
  assert.deepEqual(
    pairs.flatMap(({ a, b }) => [imageText(a), imageText(b)]),
    images.map((path) => path.slice(path.indexOf('Synthetic_001'))),
  );
});

test('an archive in place of a folder or a list is named', async (t) => {
  const archive = join(await temporaryFolder(t), 'lfw.tgz');
  await writeFile(archive, gzipSync('images'));
  await assert.rejects(findDataset({ dataset: archive }), {
    code: 'QSL_DATASET',
    message: /lfw\.tgz: found a gzip archive, expected a folder of images/,
  });
  await assert.rejects(findDataset({ dataset: 'synthetic', pairsFile: archive }), {
    code: 'QSL_PAIRS_FORMAT',
    message: /lfw\.tgz: found a gzip archive, expected a text file/,
  });
});
