import assert from 'node:assert/strict';
import { copyFile, link, mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { findDataset } from '../../../qsl/datasets/dataset.js';
import { relativeImagePath } from '../../../qsl/datasets/imageName.js';
import { makePairList } from '../../../qsl/datasets/makePairList.js';
import { parsePairs } from '../../../qsl/datasets/pairs.js';
import { syntheticFaces, temporaryFolder } from '../folders.js';

test('the list is read as it was made, both kinds by turns', async () => {
  const { list, counts, personCount } = await makePairList(syntheticFaces, { same: 40, different: 50, seed: 3 });
  assert.deepEqual([counts, personCount], [{ same: 40, different: 50 }, 300]);
  const { pairs, setCount } = parsePairs(Buffer.from(list), 'made.txt');
  assert.equal(setCount, 1);
  assert.deepEqual(
    pairs.map(({ same }) => same),
    [...Array<boolean[]>(40).fill([true, false]).flat(), ...Array<boolean>(10).fill(false)],
  );
  for (const { a, b, same } of pairs) {
    assert.equal(dirname(relativeImagePath(a)) === dirname(relativeImagePath(b)), same);
  }
});

test('without numbers there are as many of each kind as there can be, at most 300', async () => {
  const countsWith = async (options: { same?: number; different?: number }) =>
    (await makePairList(syntheticFaces, { ...options, seed: 0 })).counts;
  assert.deepEqual(await countsWith({}), { same: 150, different: 150 });
  assert.deepEqual(await countsWith({ same: 7 }), { same: 7, different: 7 });
  assert.deepEqual(await countsWith({ different: 200 }), { same: 100, different: 200 });
});

test('names with blanks, accents, commas and other extensions make a list that finds its files', async (t) => {
  const folder = await persons(t, {
    'faces/José Müller': ['a, b.jpg', 'c.PNG'],
    'faces/Zoe\u0308': ['1.jpeg', '2.jpeg'],
    'faces/1 2': ['3.jpg', '4.jpg'],
  });
  const { list } = await makePairList(folder, { same: 1, different: 2, seed: 0 });
  await writeFile(join(folder, 'pairs.txt'), list);
  const { pairs, notes } = await findDataset({ dataset: folder });
  assert.deepEqual([pairs.length, notes], [3, []]);
  const images = pairs.flatMap(({ a, b }) => [relativeImagePath(a), relativeImagePath(b)]);
  assert.equal(new Set(images).size, 6);
});

test('a link to a folder or an image counts, and what is left out is said', async (t) => {
  const folder = await persons(t, {
    a: ['1.jpg', '2.jpg', '._1.jpg', 'text.txt', 'a:b.jpg'],
    'a/older': ['3.jpg'],
    '.hidden': ['1.jpg'],
    __MACOSX: ['1.jpg'],
    '.': ['beside.png'],
  });
  const elsewhere = await persons(t, { b: ['1.jpg', '2.jpg'] });
  await symlink(join(elsewhere, 'b'), join(folder, 'b'));
  const { list, personCount, notes } = await makePairList(folder, { same: 2, different: 0, seed: 0 });
  assert.equal(personCount, 2);
  assert.deepEqual(list.match(/[ab]\/\d\.jpg/g)?.sort(), ['a/1.jpg', 'a/2.jpg', 'b/1.jpg', 'b/2.jpg']);
  assert.deepEqual(notes, [
    '1 image lies beside the folders of persons, such as beside.png; left out',
    '1 folder lies inside those of persons, such as a/older; left out',
    '1 image has a name that a pair list cannot hold; left out',
  ]);
});

const REFUSED: readonly [what: string, counts: readonly number[], same: number, different: number, hint: RegExp][] = [
  ['too many of one person', [4, 2, 1], 4, 0, /are 3 of one person, or 3 of two, or 1 of each\.$/],
  ['too many of two', [4, 2, 1], 1, 3, /or 1 of each, or 1 of one with 2 of two, or 0 of one with 3 of two\.$/],
  ['a person alone', [9], 0, 1, /are 4 of one person, or 0 of two, or 0 of each\.$/],
  ['one image each', [1, 1, 1], 1, 1, /are 0 of one person, or 1 of two, or 0 of each, or 0 of one with 1 of two\.$/],
];

for (const [what, counts, same, different, hint] of REFUSED) {
  test(`${what}: refused with the greatest numbers there can be`, async (t) => {
    const folder = await persons(
      t,
      Object.fromEntries(
        counts.map((count, person) => [`p${person}`, Array.from({ length: count }, (_, index) => `${index}.jpg`)]),
      ),
    );
    await assert.rejects(makePairList(folder, { same, different, seed: 0 }), {
      code: 'QSL_SELECTION',
      message: new RegExp(`found \\d+ images of ${counts.length} persons, expected enough for ${same} pairs? of one`),
      hint,
    });
  });
}

test('a folder without folders of images is refused', async (t) => {
  const folder = await persons(t, { '.': ['1.jpg'], 'train/p/q': ['1.jpg'] });
  const refused = { code: 'QSL_DATASET', message: /found no images in its folders, expected a folder each person/ };
  await assert.rejects(makePairList(folder, { seed: 0 }), refused);
  await assert.rejects(makePairList(join(folder, 'none'), { seed: 0 }), { code: 'QSL_DATASET' });
});

test('an image under several names is in one pair at most, and its names are said', async (t) => {
  const folder = await persons(t, { a: ['1.jpg', '2.jpg', '3.jpg', '4.jpg'], b: ['1.jpg', '2.jpg'], c: ['1.jpg'] });
  await link(join(folder, 'a/1.jpg'), join(folder, 'a/5.jpg'));
  await symlink('2.jpg', join(folder, 'a/6.jpg'));
  await copyFile(join(folder, 'b/1.jpg'), join(folder, 'b/copy.PNG'));
  await copyFile(join(folder, 'a/3.jpg'), join(folder, 'c/of-a.jpg'));
  await symlink('b', join(folder, 'd'));
  const { list, personCount, notes } = await makePairList(folder, { same: 3, different: 0, seed: 0 });
  assert.equal(personCount, 3);
  assert.deepEqual(
    list.match(/[a-d]\/[\w-]+\.\w+/g)?.sort(),
    ['a/1', 'a/2', 'a/3', 'a/4', 'b/1', 'b/2'].map((name) => `${name}.jpg`),
  );
  assert.deepEqual(notes, [
    '3 images are copies of one of the same person, such as a/5.jpg of a/1.jpg; left out',
    '4 images are copies of one of another person, such as c/of-a.jpg of a/3.jpg; left out',
  ]);
});

/** Files that only have the names of images. */
async function persons(t: TestContext, files: Readonly<Record<string, readonly string[]>>): Promise<string> {
  const folder = await temporaryFolder(t);
  for (const [person, names] of Object.entries(files)) {
    await mkdir(join(folder, person), { recursive: true });
    for (const name of names) await writeFile(join(folder, person, name), join(person, name));
  }
  return folder;
}
