import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parseActivationRanges } from '../../sut/sphereface20/activationRanges.js';
import { type Layer, SPHEREFACE20 } from '../../sut/sphereface20/network.js';
import { ACTIVATION_RANGES_FILE, WEIGHTS_FILE } from './referenceFaces.js';

const NETWORK: readonly Layer[] = [{ type: 'prelu', name: 'only', channels: 1 }];
const VALID = { weightsSha256: '0'.repeat(64), method: 'guessed', ranges: { only: [0, 2.5] } };

const parsed = (text: string) => parseActivationRanges(Buffer.from(text), 'ranges.json', NETWORK);

test('our ranges belong to our weights, and cover all layers', () => {
  const { weightsSha256, ranges } = parseActivationRanges(readFileSync(ACTIVATION_RANGES_FILE), 'ours', SPHEREFACE20);
  assert.equal(weightsSha256, createHash('sha256').update(readFileSync(WEIGHTS_FILE)).digest('hex'));
  assert.equal(ranges.size, SPHEREFACE20.length);
});

test('ranges are told by layer', () => {
  const { weightsSha256, ranges } = parsed(JSON.stringify(VALID));
  assert.equal(weightsSha256, VALID.weightsSha256);
  assert.deepEqual(ranges.get('only'), [0, 2.5]);
});

for (const [fault, text, message] of [
  ['no JSON', '{', /ranges\.json is not JSON/],
  ['a layer less', JSON.stringify({ ...VALID, ranges: {} }), /ranges\.json has no range for only/],
  ['a range above 0', withRange([1, 2]), /ranges\.only/],
  ['a range that is empty', withRange([0, 0]), /an empty range/],
  ['a range the wrong way round', withRange([2, -1]), /ranges\.only/],
  ['a range with one end', withRange([-1]), /ranges\.only/],
  ['a digest that is none', JSON.stringify({ ...VALID, weightsSha256: 'abc' }), /weightsSha256/],
  ['a list', '[]', /holds no activation ranges/],
] as const) {
  test(`refuses ${fault}`, () => {
    assert.throws(() => parsed(text), { code: 'MODEL_RANGES', message });
  });
}

function withRange(only: readonly number[]): string {
  return JSON.stringify({ ...VALID, ranges: { only } });
}
