import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkOperators } from '../../../sut/tfjs/checkOperators.js';
import { convolutionAttributes } from '../../../sut/tfjs/graphNodes.js';

/** Checks one operator of a network for images of 112 pixels. */
function check(op: string, attr: object | undefined, paddings: readonly number[] = []): void {
  const node = { name: 'last', op, input: ['images', 'paddings'], ...(attr === undefined ? {} : { attr }) };
  const constantOf = (name: string) => (name === 'paddings' ? Int32Array.from(paddings) : undefined);
  checkOperators({ node: [node], versions: {} }, { longestSide: 112, constantOf, model: 'x' });
}

const TAKEN: readonly [what: string, op: string, attr: object | undefined, paddings?: number[]][] = [
  ['a convolution of ours', '_FusedConv2D', convolutionAttributes(2, 'VALID')],
  ['an operator without attributes', 'Relu', undefined],
  ['attributes of another form', 'Relu', { strides: 'x', ksize: { list: {} }, dilations: { s: 'x' } }],
  ['a pooling of the whole image', 'AvgPool', { ksize: { list: { i: ['1', '112', '96', '1'] } } }],
  ['numbers that are no text', 'MaxPool', { ksize: { list: { i: [1, 2, 2, 1] } } }],
  ['paddings of an image', 'Pad', {}, [0, 0, 1, 1, 1, 1, 0, 0]],
  ['paddings of channels', 'Pad', {}, [0, 0, 0, 0, 0, 0, 0, 64]],
  ['negative numbers of what pads nothing', 'Reshape', {}, [-1, 21504]],
];

for (const [what, ...operator] of TAKEN) {
  test(`${what} is taken`, () => check(...operator));
}

const WHOLE = (least: number) => `expected whole numbers from ${least} to 112`;
const IN_ALL = 'expected 0,0 for the first dimension and 112 in all at most';
const REFUSED: readonly [key: string, numbers: readonly (string | number)[], shown: string, expected: string][] = [
  ['strides', ['1', '0', '1', '1'], '1,0,1,1', WHOLE(1)],
  ['strides', ['1', '1000000', '1', '1'], '1,1000000,1,1', WHOLE(1)],
  ['strides', [1, 0.5, 1, 1], '1,0.5,1,1', WHOLE(1)],
  ['strides', ['1', 'two', '1', '1'], '1,NaN,1,1', WHOLE(1)],
  ['strides', ['1', '1e999', '1', '1'], '1,Infinity,1,1', WHOLE(1)],
  ['dilations', ['1', '-1', '1', '1'], '1,-1,1,1', WHOLE(1)],
  ['ksize', ['1', '99999999999999999999', '1', '1'], '1,100000000000000000000,1,1', WHOLE(1)],
  ['explicit_paddings', ['0', '0', '113', '0'], '0,0,113,0', WHOLE(0)],
  ['paddings', [0, 0, 1, 100_000, 1, 1, 0, 0], '0,0,1,100000,1,1,0,0', WHOLE(0)],
  ['paddings', [0, 0, -1, 1, 1, 1, 0, 0], '0,0,-1,1,1,1,0,0', WHOLE(0)],
  ['paddings', [0, 1, 1, 1, 1, 1, 0, 0], '0,1,1,1,1,1,0,0', IN_ALL],
  ['paddings', [0, 0, 50, 50, 50, 50, 0, 0], '0,0,50,50,50,50,0,0', IN_ALL],
  ['paddings', Array(20).fill(-1), `${Array(16).fill(-1).join()},...`, WHOLE(0)],
];

for (const [key, numbers, shown, expected] of REFUSED) {
  test(`${key} ${shown} are refused`, () => {
    const op = key === 'paddings' ? 'MirrorPad' : 'Conv2D';
    const asAttribute = { [key]: { list: { i: numbers } } };
    const run = () => (op === 'Conv2D' ? check(op, asAttribute) : check(op, {}, numbers.map(Number)));
    const message = `node last (${op}) of x has ${key} ${shown}, ${expected}`;
    assert.throws(run, { code: 'TFJS_MODEL_REFUSED', message });
  });
}
