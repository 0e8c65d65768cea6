import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LoadGenError } from '../../../base/errors.js';
import { readCaffeWeights } from '../../../sut/weightsImport/caffeWeights.js';
import { type CaffeBlob, type CaffeLayer, caffeModel } from './caffeModel.js';
import { SMALL_NETWORK, SMALL_TENSORS, SMALL_WEIGHTS, smallWeightsOf } from './smallNetwork.js';

const read = (content: Uint8Array) => readCaffeWeights(content, 'x.caffemodel', SMALL_NETWORK);
const ONE = { shape: { dim: [1] }, data: [1] };

for (const form of ['layer', 'layers'] as const) {
  for (const shapes of ['of any rank', 'of four sizes'] as const) {
    test(`weights come back bit by bit from ${form}, with shapes ${shapes}`, () => {
      const source = read(caffeModel(smallLayers(shapes), form));
      assert.deepEqual(smallWeightsOf(source), SMALL_WEIGHTS);
      assert.deepEqual(source.notices, []);
    });
  }
}

test('gradients, layers without weights and the classifier are left out, the last with a notice', () => {
  const layers = smallLayers().map(({ name, blobs = [] }) => ({
    name,
    blobs: blobs.map((blob) => ({ ...blob, diff: [1, 2, 3] })),
  }));
  const source = read(caffeModel([{ name: 'data' }, ...layers, { name: 'fc6', blobs: [ONE] }, { name: 'loss' }]));
  assert.deepEqual(smallWeightsOf(source), SMALL_WEIGHTS);
  assert.deepEqual(source.notices, ['fc6, the classifier used in training, is left out']);
});

test('a layer without a bias has zeros, and a notice', () => {
  const layers = smallLayers().map(({ name, blobs = [] }) => ({
    name,
    blobs: name === 'fc5' ? blobs.slice(0, 1) : blobs,
  }));
  const source = read(caffeModel(layers));
  assert.deepEqual(smallWeightsOf(source).get('fc5.bias'), new Float32Array(3));
  assert.deepEqual(source.notices, ['fc5 has no bias: zeros']);
});

const twelve = Array.from({ length: 12 }, () => 1);
const refused: [string, Uint8Array, RegExp][] = [
  ['nothing', new Uint8Array(0), /it has no layers/],
  ['a text', Buffer.from('once upon a time'), /it is no whole \.caffemodel: /],
  ['half a file', caffeModel(smallLayers()).subarray(0, 700), /it is no whole \.caffemodel: /],
  [
    'a layer too few',
    caffeModel(smallLayers().slice(1)),
    /missing conv1_1\.weight, conv1_1\.bias; not of the network none/,
  ],
  ['a layer twice', caffeModel([...smallLayers(), ...smallLayers()]), /layer "conv1_1" is there twice/],
  [
    'batch normalisation',
    caffeModel([{ name: 'bn1', blobs: [ONE] }]),
    /layer "bn1" has weights, but is not of this network/,
  ],
  ['blobs too many', caffeModel([{ name: 'relu1_1', blobs: [ONE, ONE] }]), /layer relu1_1 has 2 blobs, expected 1/],
  [
    'float64 values',
    one({ shape: { dim: [2] }, doubleData: [1, 2] }),
    /the blob of relu1_1\.weight has float64 values/,
  ],
  [
    'no values',
    one({ shape: { dim: [2] } }),
    /the blob of relu1_1\.weight has 0 lists of values, expected one packed list/,
  ],
  [
    'too few values',
    one({ shape: { dim: [2] }, data: [1] }),
    /the blob of relu1_1\.weight is 2 and has 4 bytes, expected 8/,
  ],
  ['a giant shape', one({ shape: { dim: [2 ** 40, 2 ** 40] }, data: [1] }), /has 4 bytes, expected 4\.8\d*e\+24/],
  ['a slope for all channels', replaced('relu1_1', [ONE]), /tensor relu1_1\.weight is 1, expected 2/],
  [
    'transposed weights',
    replaced('fc5', [{ shape: { dim: [84, 3] }, data: Array.from({ length: 252 }, () => 1) }]),
    /tensor fc5\.weight is 84 x 3, expected 3 x 84/,
  ],
  [
    'a value that is no number',
    replaced('relu1_1', [{ shape: { dim: [2] }, data: [1, Number.NaN] }]),
    /value 1 of .* is NaN/,
  ],
  [
    'more fields than a message needs',
    new Uint8Array(30_000).fill(0x08).map((b, i) => (i % 2 ? 0 : b)),
    /more than 1000 fields/,
  ],
  [
    'groups in groups without end',
    new Uint8Array(100_000).fill(0x0b),
    /it is no whole \.caffemodel: max depth exceeded/,
  ],
  ['a name of megabytes', caffeModel([{ name: 'a'.repeat(3_000_000), blobs: [ONE] }]), /^.{0,200}$/s],
  [
    'twelve values of six',
    one({ num: 1, channels: 1, height: 2, width: 3, data: twelve }),
    /has 48 bytes, expected 24/,
  ],
];
for (const [what, content, message] of refused) {
  test(`refuses ${what}`, () =>
    assert.throws(
      () => smallWeightsOf(read(content)),
      (error) => {
        assert.ok(error instanceof LoadGenError, String(error));
        assert.match(error.message, message);
        return true;
      },
    ));
}

function smallLayers(shapes: 'of any rank' | 'of four sizes' = 'of any rank'): CaffeLayer[] {
  const layers = new Map<string, CaffeBlob[]>();
  for (const { name, shape, values } of SMALL_TENSORS) {
    const layer = name.split('.')[0] ?? '';
    const [width, height = 1, channels = 1, num = 1] = shape.toReversed();
    const form = shapes === 'of any rank' ? { shape: { dim: shape } } : { num, channels, height, width: width ?? 1 };
    layers.set(layer, [...(layers.get(layer) ?? []), { ...form, data: [...values] }]);
  }
  return [...layers].map(([name, blobs]) => ({ name, blobs }));
}

function one(blob: CaffeBlob): Uint8Array {
  return caffeModel([{ name: 'relu1_1', blobs: [blob] }]);
}

function replaced(name: string, blobs: CaffeBlob[]): Uint8Array {
  return caffeModel(smallLayers().map((layer) => (layer.name === name ? { name, blobs } : layer)));
}
