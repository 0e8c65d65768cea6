/** Pair lists in other formats than LFW's published one. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import fc from 'fast-check';
import { findDataset } from '../../../qsl/datasets/dataset.js';
import { imageText, relativeImagePath } from '../../../qsl/datasets/imageName.js';
import { parsePairs } from '../../../qsl/datasets/pairs.js';
import { openDataset } from '../../../qsl/openDataset.js';
import { syntheticImage, temporaryCache, temporaryFolder } from '../folders.js';
import { narrowInput } from '../networkInputs.js';

const parse = (text: string) => parsePairs(Buffer.from(text), 'list.txt', ['/faces', 'D:\\faces']);
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
  ['any white space', 'a.jpg \t b.jpg\u00a0 1\r\nc.jpg\tb.jpg 0\t', ['a.jpg|b.jpg|true|1', 'c.jpg|b.jpg|false|1']],
  ['old line ends of the Macintosh', 'a.jpg b.jpg 1\rc.jpg b.jpg 0\r', ['a.jpg|b.jpg|true|1', 'c.jpg|b.jpg|false|1']],
  ['words as labels', 'a.jpg b.jpg TRUE\na.jpg c.jpg false', ['a.jpg|b.jpg|true|1', 'a.jpg|c.jpg|false|1']],
  ['labels as pandas writes them', 'a.jpg,b.jpg,1.0\na.jpg,c.jpg,0.0', ['a.jpg|b.jpg|true|1', 'a.jpg|c.jpg|false|1']],
  ['labels before the paths', '1 a.jpg b.jpg\n0,a.jpg,c.jpg', ['a.jpg|b.jpg|true|1', 'a.jpg|c.jpg|false|1']],
  ['paths as Windows has them', '.\\a\\b.jpg a\\\\c.jpg 1', ['a/b.jpg|a/c.jpg|true|1']],
  ['absolute paths in the folder', '/faces/a/b.jpg D:\\faces\\c.jpg 1', ['a/b.jpg|c.jpg|true|1']],
  ['a drive and folder in other letters', 'd:\\Faces\\a.jpg D:/FACES/b.jpg 0', ['a.jpg|b.jpg|false|1']],
  ['letters in another Unicode form', 'Rene\u0301.jpg Ren\u00e9/1.jpg 0', ['Ren\u00e9.jpg|Ren\u00e9/1.jpg|false|1']],
  ['a table with quotes', 'img1;img2;label\n"a;1.jpg";"b.jpg";"1"', ['a;1.jpg|b.jpg|true|1']],
  ['a table with row numbers', ',path1,path2,same\n0,a.jpg,b.jpg,True', ['a.jpg|b.jpg|true|1']],
  ['a mark of UTF-8', '\ufeffa.jpg b.jpg 1', ['a.jpg|b.jpg|true|1']],
  ['LFW with any white space', ' 1  1 \nAnn\t 01  0004\nAnn 1 Bob\t2 ', ['Ann 1|Ann 4|true|1', 'Ann 1|Bob 2|false|1']],
  [
    'LFW with spaces in names',
    '1\t1\nAnn Lee\t1\t4\nAnn Lee\t1\tBob\t2',
    ['Ann Lee 1|Ann Lee 4|true|1', 'Ann Lee 1|Bob 2|false|1'],
  ],
  ['LFW as a table', 'name,imagenum1,imagenum2,\nAnn,1,4,\nAnn,1,Bob,2', ['Ann 1|Ann 4|true|1', 'Ann 1|Bob 2|false|1']],
  ['LFW as a table of one kind', 'name,imagenum1,name,imagenum2\nAnn,1,Bob,2', ['Ann 1|Bob 2|false|1']],
  [
    'LFW as pandas writes it',
    ',name,imagenum1,imagenum2,Unnamed: 3\n0,Ann,1,4,\n1,Ann,1,Bob,2.0',
    ['Ann 1|Ann 4|true|1', 'Ann 1|Bob 2|false|1'],
  ],
  ['four columns of one person', 'name1,imagenum1,name2,imagenum2\nAnn,1,Ann,2', ['Ann 1|Ann 2|true|1']],
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
  ['an image with itself', 'a.jpg a.jpg 1', /^list\.txt:1: found image "a\.jpg" twice/],
  ['a path out of the folder', '../a.jpg b.jpg 1', /^list\.txt:1: found path "\.\.\/a\.jpg", expected one inside/],
  ['a path out of the folder by its middle', 'a/../../b.jpg b.jpg 1', /^list\.txt:1: found path "a\/\.\./],
  ['an absolute path', 'b.jpg /etc/a.jpg 1', /^list\.txt:1: found path "\/etc\/a\.jpg"/],
  ['a path out of the folder by backslashes', '..\\b.jpg b.jpg 1', /^list\.txt:1: found path "\.\.\\\\b\.jpg"/],
  [
    'an absolute path beside the folder',
    '/faces2/a.jpg b.jpg 1',
    /found path "\/faces2\/a\.jpg", expected one inside the .* \/faces$/,
  ],
  [
    'a share of Windows',
    '\\\\host\\a.jpg b.jpg 1',
    /found path "\\\\\\\\host.*", expected one inside the data set's folder/,
  ],
  ['an image with itself, written in two ways', './a.jpg a.jpg 1', /^list\.txt:1: found image "a\.jpg" twice/],
  [
    'a column too many',
    'path1,path2,same,fold\na.jpg,b.jpg,1,3',
    /^list\.txt:2: found "a\.jpg,b\.jpg,1,3", expected "pathA/,
  ],
  ['a fault after empty lines', '\n\r\na.jpg b.jpg 1\n \na.jpg b.jpg 7', /^list\.txt:5: found label "7"/],
  ['a header alone', 'name,imagenum1,imagenum2,\n', /^list\.txt:1: found no pairs/],
  ['UTF-16 without a mark', 'a\0.\0j\0', /^list\.txt: found UTF-16 without a byte order mark, expected UTF-8/],
  ['UTF-16 of the other byte order', '\0a\0.\0j', /^list\.txt: found UTF-16 without a byte order mark, expected UTF-8/],
  ['another label', 'a.jpg b.jpg 1.5', /^list\.txt:1: found label "1\.5"/],
  ['an absolute path in other letters', '/Faces/a.jpg b.jpg 1', /found path "\/Faces\/a\.jpg", expected one inside/],
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

const fixtures = new URL('../../../../test/fixtures/pair-lists/', import.meta.url);
for (const name of readdirSync(fixtures)) {
  test(`reads ${name}`, () => {
    const { setCount, pairs } = parsePairs(readFileSync(new URL(name, fixtures)), name);
    const texts = pairs.map(({ a, b, same }) => [relativeImagePath(a), relativeImagePath(b), same]);
    const [first, second, third] = ['001/Synthetic_001_0001', '001/Synthetic_001_0002', '002/Synthetic_002_0001'];
    const path = (end: string | undefined) => `Synthetic_${end}.jpg`;
    assert.deepEqual(
      [setCount, texts],
      [
        1,
        [
          [path(first), path(second), true],
          [path(first), path(third), false],
        ],
      ],
    );
  });
}

for (const encoding of ['utf-16le', 'utf-16be'] as const) {
  test(`reads ${encoding} with a mark`, () => {
    const bytes = Buffer.from('\ufeffa.jpg\tb.jpg\t1\r\n', 'utf16le');
    if (encoding === 'utf-16be') bytes.swap16();
    assert.equal(parsePairs(bytes, 'list.txt').pairs.length, 1);
  });
}

test('the line of bytes in another encoding is named', () => {
  assert.throws(() => parsePairs(Buffer.from('a.jpg b.jpg 1\nRen\u00e9.jpg b.jpg 0', 'latin1'), 'list.txt'), {
    message: 'list.txt:2: found bytes that are not UTF-8, expected a text in UTF-8 or UTF-16',
  });
});

test("LFW's ten sets are known without a header", () => {
  const set = (same: boolean) => Array.from({ length: 300 }, (_, index) => `A${index},1,${same ? '' : `B${index},`}2`);
  const rows = Array.from({ length: 10 }, () => [...set(true), ...set(false)]).flat();
  assert.equal(parse(['name,imagenum1,imagenum2,', ...rows].join('\n')).setCount, 10);
  assert.equal(parse(['name,imagenum1,imagenum2,', ...rows.slice(1)].join('\n')).setCount, 1);
});

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

for (const [what, text] of [
  ['with', '\ufeffa.jpg b.jpg 1\n'],
  ['without', 'a.jpg b.jpg 1\n'],
] as const) {
  test(`names UTF-32 ${what} a mark, of either byte order`, () => {
    const littleEndian = Buffer.concat(
      [...text].map((character) => Buffer.from([...Buffer.from(character, 'utf16le'), 0, 0])),
    );
    const message = /^list\.txt: found UTF-32, expected UTF-8, or UTF-16 with a byte order mark$/;
    for (const bytes of [littleEndian, Buffer.from(littleEndian).swap32()])
      assert.throws(() => parsePairs(bytes, 'list.txt'), { code: 'QSL_PAIRS_FORMAT', message });
  });
}
