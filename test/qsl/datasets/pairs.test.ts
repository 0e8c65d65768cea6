import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { imageText, relativeImagePath } from '../../../qsl/datasets/imageName.js';
import { parsePairs } from '../../../qsl/datasets/pairs.js';
import { syntheticFaces } from '../folders.js';

const parse = (text: string) => parsePairs(Buffer.from(text), 'pairs.txt');

test('reads matched and mismatched pairs, and which set each is in', () => {
  assert.deepEqual(parse('2\t1\nAnn\t1\t4\nAnn\t1\tBob_Lee\t12\nEve\t3\t2\nEve\t1\tBob_Lee\t2\n'), {
    setCount: 2,
    pairs: [
      { a: { name: 'Ann', number: 1 }, b: { name: 'Ann', number: 4 }, same: true, set: 1 },
      { a: { name: 'Ann', number: 1 }, b: { name: 'Bob_Lee', number: 12 }, same: false, set: 1 },
      { a: { name: 'Eve', number: 3 }, b: { name: 'Eve', number: 2 }, same: true, set: 2 },
      { a: { name: 'Eve', number: 1 }, b: { name: 'Bob_Lee', number: 2 }, same: false, set: 2 },
    ],
  });
});

test('a header of one number is one set', () => assert.equal(parse('1\nA\t1\t2\nA\t1\tB\t1').setCount, 1));

test('lines may end in carriage returns', () =>
  assert.equal(parse('1\t1\r\nA\t1\t2\r\nA\t1\tB\t1\r\n').pairs.length, 2));

test('reads the list of the synthetic faces', () => {
  const { pairs } = parsePairs(readFileSync(join(syntheticFaces, 'pairs.txt')), 'pairs.txt');
  assert.deepEqual([pairs.length, pairs.filter(({ same }) => same).length], [600, 300]);
});

test('an image number has four digits in its path, or more', () => {
  assert.equal(relativeImagePath({ name: 'Ann', number: 7 }), 'Ann/Ann_0007.jpg');
  assert.equal(relativeImagePath({ name: 'Ann', number: 12345 }), 'Ann/Ann_12345.jpg');
});

/** Two pairs of which the first, line 2, is replaced. */
const withMatched = (line: string): string => `1\t1\n${line}\nA\t1\tB\t1\n`;
/** Two pairs of which the second, line 3, is replaced. */
const withMismatched = (line: string): string => `1\t1\nA\t1\t2\n${line}\n`;

for (const [what, text, message] of [
  ['an empty file', '', /^pairs\.txt:1: found no pairs, expected "sets<TAB>pairsPerKind"/],
  ['a header of words', 'ten\t300', /^pairs\.txt:1: found "ten\\t300"/],
  ['a header of three fields', '1\t1\t1', /^pairs\.txt:1: found/],
  ['a header of zero sets', '0\t1', /^pairs\.txt:1: found/],
  ['a header of too many pairs', '1000\t1001', /^pairs\.txt:1: found/],
  ['bytes that are not UTF-8', '\uFFFE', /^pairs\.txt:1: found/],
  ['a missing line', '1\t1\nA\t1\t2\n', /^pairs\.txt: found 1 pairs after the header, expected 2: 1 x \(1 matched/],
  ['a line too many', `${withMatched('A\t1\t2')}A\t1\tC\t1`, /found 3 pairs after the header, expected 2/],
  ['five fields', withMatched('A\t1\t2\t3\t4'), /^pairs\.txt:2: found 5 fields/],
  ['a mismatched pair among the matched', withMatched('A\t1\tB\t2'), /^pairs\.txt:2: .*expected a matched pair/],
  ['a matched pair among the mismatched', withMismatched('A\t1\t3'), /^pairs\.txt:3: .*expected a mismatched pair/],
  ['an image number zero', withMatched('A\t0\t2'), /^pairs\.txt:2: found image number "0", expected a whole number/],
  ['a fractional image number', withMatched('A\t1\t1.5'), /^pairs\.txt:2: found image number "1\.5"/],
  ['an image number beyond all bounds', withMatched('A\t1\t99999999'), /^pairs\.txt:2: found image number/],
  ['an image with itself', withMatched('A\t2\t2'), /^pairs\.txt:2: found image 2 of "A" twice/],
  ['one person as two', withMismatched('A\t1\tA\t2'), /^pairs\.txt:3: found "A" twice, expected two different names/],
  ['a name with a slash', withMatched('../A\t1\t2'), /^pairs\.txt:2: found name "\.\.\/A", expected a folder's name/],
  ['a name with a backslash', withMatched('A\\B\t1\t2'), /^pairs\.txt:2: found name/],
  ['the parent folder', withMatched('..\t1\t2'), /^pairs\.txt:2: found name "\.\."/],
  ['the folder itself', withMismatched('A\t1\t.\t1'), /^pairs\.txt:3: found name "\."/],
  ['no name', withMatched('\t1\t2'), /^pairs\.txt:2: found 2 fields in "1\\t2"/],
  ['a name with NUL', withMatched('A\0\t1\t2'), /^pairs\.txt:2: found name "A\\u0000"/],
  ['a drive letter', withMatched('C:\t1\t2'), /^pairs\.txt:2: found name "C:"/],
  ['an endless name', withMatched(`${'A'.repeat(201)}\t1\t2`), /^pairs\.txt:2: found name "A{80}…"/],
] as const) {
  test(`refuses ${what}`, () => assert.throws(() => parse(text), { code: 'QSL_PAIRS_FORMAT', message }));
}

test('refuses a file that is not text', () => {
  assert.throws(() => parsePairs(new Uint8Array([0x31, 0xff, 0xfe]), 'pairs.txt'), { message: /not UTF-8/ });
});

test('lists the first 20 of many faults and counts the rest', () => {
  const lines = Array.from({ length: 50 }, () => 'nonsense').join('\n');
  assert.throws(
    () => parse(`1\t25\n${lines}`),
    ({ message }: Error) => {
      assert.equal(message.split('\n').length, 21);
      return message.endsWith('\nand 30 more');
    },
  );
});

test('any list that is written is read back', () => {
  const name = fc.stringMatching(/^[A-Z][a-z_]{0,10}$/);
  const matched = fc.record({ name, n: fc.integer({ min: 1, max: 500 }), step: fc.integer({ min: 1, max: 9 }) });
  fc.assert(
    fc.property(fc.array(matched, { minLength: 1, maxLength: 20 }), (entries) => {
      const lines = entries.map(({ name, n, step }) => `${name}\t${n}\t${n + step}`);
      const others = entries.map(({ name, n, step }) => `${name}\t${n}\t${name}x\t${step}`);
      const { pairs } = parse(`${entries.length}\n${[...lines, ...others].join('\n')}`);
      assert.deepEqual(
        pairs.map(({ a, b, same }) => {
          const [[name, n], [other, m]] = [imageText(a).split(' '), imageText(b).split(' ')];
          return (same ? [name, n, m] : [name, n, other, m]).join('\t');
        }),
        [...lines, ...others],
      );
    }),
  );
});
