import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chooseFace } from '../../../qsl/detection/chooseFace.js';

/** A square face around a place in an image of 250 x 250. */
const face = (x: number, y: number, side: number, score = 0.9) => ({
  left: x - side / 2,
  top: y - side / 2,
  right: x + side / 2,
  bottom: y + side / 2,
  score,
});

const central = face(125, 125, 80);

for (const [what, other, chosen] of [
  ['a smaller one beside it', face(200, 125, 60), 'central'],
  ['a larger one far off, surer', face(195, 60, 100, 1), 'central'],
  ['a much larger one near the centre', face(135, 125, 120), 'other'],
  ['an equal one', { ...central, score: 1 }, 'central'],
] as const) {
  test(`of a central face and ${what}, takes the ${chosen}`, () => {
    assert.equal(chooseFace([central, other], 250, 250), chosen === 'central' ? central : other);
  });
}

test('distance counts twice, squared', () => {
  const area = 80 * 80;
  for (const [offset, chosen] of [
    [Math.sqrt((90 * 90 - area) / 2) - 0.01, 'other'],
    [Math.sqrt((90 * 90 - area) / 2) + 0.01, 'central'],
  ] as const) {
    const other = face(125 + offset, 125, 90);
    assert.equal(chooseFace([central, other], 250, 250) === other ? 'other' : 'central', chosen);
  }
});

test('there is nothing to choose from no faces', () => {
  assert.throws(() => chooseFace([], 250, 250), { code: 'QSL_NO_FACE' });
});
