/** Pair lists in other formats than LFW's published one. */
import assert from 'node:assert/strict';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import fc from 'fast-check';
import { findDataset } from '../../../qsl/datasets/dataset.js';
import { imageText } from '../../../qsl/datasets/imageName.js';
import { parsePairs } from '../../../qsl/datasets/pairs.js';
import { openDataset } from '../../../qsl/openDataset.js';
import { syntheticImage, temporaryCache, temporaryFolder } from '../folders.js';
import { narrowInput } from '../networkInputs.js';

const parse = (text: string) => parsePairs(Buffer.from(text), 'list.txt');
const read = (text: string): string[] =>
  parse(text).pairs.map(({ a, b, same, set }) => `${imageText(a)}|${imageText(b)}|${same}|${set}`);

for (const [what, text, expected] of [
  [
    'paths and a flag between spaces',
    'a/b.jpg c/d.png 1\na/b.jpg e.JPEG 0\n',
    ['a/b.jpg|c/d.png|true|1', 'a/b.jpg|e.JPEG|false|1'],
  ],
  ['paths with spaces, between tabs', 'my faces/b.jpg\tc, d.png\t1', ['my faces/b.jpg|c, d.png|true|1']],
  ['paths with spaces, between commas', 'my faces/b.jpg, d.png,0', ['my faces/b.jpg|d.png|false|1']],
  ['several spaces', 'a.jpg   b.jpg  1  ', ['a.jpg|b.jpg|true|1']],
  [
    'CPLFW, two lines a pair',
    'A_1.jpg 1\nA_2.jpg 1\nA_1.jpg 0\nB_3.jpg 0\n',
    ['A_1.jpg|A_2.jpg|true|1', 'A_1.jpg|B_3.jpg|false|1'],
  ],
  [
    'CALFW, whose matched pairs have labels 1 to 10',
    'A_0001.jpg 10\r\nA_0002.jpg 10\r\n',
    ['A_0001.jpg|A_0002.jpg|true|1'],
  ],
  ["LFW's lines without a header", 'Ann\t1\tBob\t2\nAnn\t1\t3\n', ['Ann 1|Bob 2|false|1', 'Ann 1|Ann 3|true|1']],
  ["LFW's development list, one set", '1\nAnn\t1\t3\nAnn\t1\tBob\t2', ['Ann 1|Ann 3|true|1', 'Ann 1|Bob 2|false|1']],
] as const) {
  test(`reads ${what}`, () => assert.deepEqual(read(text), expected));
}

for (const [what, text, message] of [
  ['a flag other than 0 and 1', 'a.jpg b.jpg 1\na.jpg b.jpg 2', /^list\.txt:2: found label "2", expected 0 .* or 1/],
  [
    'a line of two paths',
    'a.jpg b.jpg 1\na.jpg b.jpg',
    /^list\.txt:2: found "a\.jpg b\.jpg", expected "pathA pathB 0"/,
  ],
  ['four fields', 'a.jpg b.jpg c.jpg 1', /^list\.txt:1: found "a\.jpg b\.jpg c\.jpg 1", expected "pathA/],
  ['an empty line between', 'a.jpg b.jpg 1\n\na.jpg b.jpg 0', /^list\.txt:2: found "", expected "pathA/],
  ['an image with itself', 'a.jpg a.jpg 1', /^list\.txt:1: found image "a\.jpg" twice/],
  ['a path out of the folder', '../a.jpg b.jpg 1', /^list\.txt:1: found path "\.\.\/a\.jpg", expected one inside/],
  ['a path out of the folder by its middle', 'a/../../b.jpg b.jpg 1', /^list\.txt:1: found path "a\/\.\./],
  ['an absolute path', 'b.jpg /etc/a.jpg 1', /^list\.txt:1: found path "\/etc\/a\.jpg"/],
  ['a path with a backslash', 'a\\b.jpg b.jpg 1', /^list\.txt:1: found path "a\\\\b\.jpg"/],
  ['a drive letter', 'C:/a.jpg b.jpg 1', /^list\.txt:1: found path "C:\/a\.jpg"/],
  ['a path with NUL', 'a\0.jpg b.jpg 1', /^list\.txt:1: found path "a\\u0000\.jpg"/],
  ['a path of many folders', `${'a/'.repeat(20)}b.jpg b.jpg 1`, /^list\.txt:1: found path "a\/a/],
  ['something else than an image', 'a.jpg b.txt 1', /^list\.txt:1: found image "b\.txt", expected a \.jpg, \.jpeg or/],
  ['an odd number of labelled images', 'a.jpg 1\nb.jpg 1\nc.jpg 0', /^list\.txt:3: found "c\.jpg 0" at the end/],
  ['two labels in one pair', 'a.jpg 1\nb.jpg 0', /^list\.txt:1: found labels 1 and 0, expected the same/],
  ['a label that is no number', 'a.jpg 1\nb.jpg x', /^list\.txt:1: found "b\.jpg x", expected "image label"/],
  ['more lines than any list has', '\n'.repeat(2_000_002), /^list\.txt: found more than 2000001 lines/],
] as const) {
  test(`refuses ${what}`, () => assert.throws(() => parse(text), { code: 'QSL_PAIRS_FORMAT', message }));
}

test('any list of paths that is written is read back', () => {
  const path = fc.stringMatching(/^[a-z]{1,5}(\/[a-z_0-9]{1,8}){0,3}\.(jpg|png)$/);
  const pair = fc.tuple(path, path, fc.boolean()).filter(([a, b]) => a !== b);
  fc.assert(
    fc.property(fc.array(pair, { minLength: 1 }), fc.constantFrom('\t', ',', ' '), (pairs, separator) => {
      const expected = pairs.map(([a, b, same]) => `${a}|${b}|${same}|1`);
      const lines = pairs.map(([a, b, same]) => [a, b, same ? 1 : 0].join(separator));
      assert.deepEqual(read(lines.join('\n')), expected);
      const halves = pairs.flatMap(([a, b, same]) => [a, b].map((image) => `${image}${separator}${same ? 1 : 0}`));
      assert.deepEqual(read(halves.join('\n')), expected);
    }),
  );
});

/** Four images side by side in a folder, without folders of persons. */
async function flatDataset(t: TestContext, list: string): Promise<{ folder: string; pairsFile: string }> {
  const folder = await temporaryFolder(t);
  const pairsFile = join(folder, 'list.txt');
  await mkdir(join(folder, 'aligned images'));
  for (const person of [1, 2]) {
    for (const number of [1, 2]) {
      await copyFile(syntheticImage(person, number), join(folder, 'aligned images', `P${person}_${number}.jpg`));
    }
  }
  await writeFile(pairsFile, list);
  return { folder, pairsFile };
}

test('a flat folder of images below the data set, as CALFW has it, is found and aligned', async (t) => {
  const { folder, pairsFile } = await flatDataset(t, 'P1_1.jpg 1\nP1_2.jpg 1\nP1_1.jpg 0\nP2_1.jpg 0\n');
  const { library } = await openDataset({
    dataset: folder,
    pairsFile,
    cacheFolder: await temporaryCache(t),
    ...narrowInput,
  });
  assert.deepEqual([library.name, library.totalSampleCount], ['aligned images', 2]);
});

test('paths may start from the data set or from the folder below it', async (t) => {
  const inner = await flatDataset(t, 'P1_1.jpg,P2_2.jpg,0');
  assert.equal(
    (await findDataset({ dataset: inner.folder, ...inner })).imageFolder,
    join(inner.folder, 'aligned images'),
  );
  const outer = await flatDataset(t, 'aligned images/P1_1.jpg,aligned images/P2_2.jpg,0');
  assert.equal((await findDataset({ dataset: outer.folder, ...outer })).imageFolder, outer.folder);
});
