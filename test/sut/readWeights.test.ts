import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LoadGenError } from '../../base/errors.js';
import { type Layer, SPHEREFACE20, weightShapes } from '../../sut/sphereface20/network.js';
import { readWeights } from '../../sut/sphereface20/readWeights.js';
import { safetensorsFile } from './safetensorsFile.js';

const NETWORK: Layer[] = [
  { type: 'prelu', name: 'relu', channels: 2 },
  { type: 'add', name: 'sum', to: 'relu' },
  { type: 'prelu', name: 'last', channels: 1 },
];
const relu = { dtype: 'F16', shape: [2], data_offsets: [0, 4] };
const last = { dtype: 'F32', shape: [1], data_offsets: [4, 8] };

test('reads float16 and float32, from any place in a file', () => {
  for (const padding of ['', ' ', '  ', '   ']) {
    const file = safetensorsFile(JSON.stringify({ 'relu.weight': relu, 'last.weight': last }) + padding, 8);
    file.set([0x00, 0x3c, 0x00, 0xc0, 0x00, 0x00, 0x40, 0x3f], file.length - 8);
    const weights = readWeights(file, 'x', NETWORK);
    assert.deepEqual(
      [...weights],
      [
        ['relu.weight', Float32Array.of(1, -2)],
        ['last.weight', Float32Array.of(0.75)],
      ],
    );
  }
});

const refused: [string, Record<string, unknown>, number, RegExp][] = [
  ['a tensor is missing', { 'relu.weight': relu }, 4, /missing last\.weight; not of the network none/],
  [
    'a tensor is unknown',
    { 'relu.weight': relu, 'last.weight': last, extra: { dtype: 'U8', shape: [1], data_offsets: [8, 9] } },
    9,
    /missing none; not of the network extra/,
  ],
  [
    'a shape differs',
    { 'relu.weight': { ...relu, shape: [2, 1] }, 'last.weight': last },
    8,
    /tensor relu\.weight is 2 x 1, expected 2$/,
  ],
  [
    'a type is not one of floats',
    {
      'relu.weight': { dtype: 'U8', shape: [2], data_offsets: [0, 2] },
      'last.weight': { ...last, data_offsets: [2, 6] },
    },
    6,
    /tensor relu\.weight is U8, expected F16, BF16 or F32/,
  ],
];
for (const [what, header, dataBytes, message] of refused) {
  test(`refuses weights of which ${what}`, () =>
    assert.throws(
      () => readWeights(safetensorsFile(header, dataBytes), 'x', NETWORK),
      (error) => error instanceof LoadGenError && error.code === 'MODEL_WEIGHTS' && message.test(error.message),
    ));
}

test('refuses weights that are not finite', () => {
  const file = safetensorsFile({ 'relu.weight': relu, 'last.weight': last }, 8);
  file.set([0x00, 0x7c], file.length - 6);
  assert.throws(() => readWeights(file, 'x', NETWORK), /value 1 of tensor relu\.weight is Infinity/);
});

test('Sphereface-20 has 20 convolutions and 22,670,656 parameters', () => {
  assert.equal(SPHEREFACE20.filter(({ type }) => type === 'convolution').length, 20);
  const parameters = weightShapes(SPHEREFACE20).map(({ shape }) => shape.reduce((product, length) => product * length));
  assert.equal(
    parameters.reduce((sum, count) => sum + count),
    22_670_656,
  );
});
