import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { float16ToFloat32 } from '../../sut/sphereface20/float16.js';

for (const [bits, value] of [
  [0x0000, 0],
  [0x8000, -0],
  [0x3c00, 1],
  [0xc000, -2],
  [0x3555, 0.333251953125],
  [0x7bff, 65504],
  [0x0400, 2 ** -14],
  [0x03ff, 1023 * 2 ** -24],
  [0x0001, 2 ** -24],
  [0x8001, -(2 ** -24)],
  [0x7c00, Number.POSITIVE_INFINITY],
  [0xfc00, Number.NEGATIVE_INFINITY],
  [0x7e00, Number.NaN],
] as const) {
  test(`0x${bits.toString(16).padStart(4, '0')} is ${Object.is(value, -0) ? '-0' : value}`, () =>
    assert.deepEqual(float16ToFloat32(Uint16Array.of(bits)), Float32Array.of(value)));
}

test('the bit patterns of positive numbers are in the order of their values', () => {
  fc.assert(
    fc.property(fc.nat(0x7bff), (bits) => {
      const [value = 0, next = 0] = float16ToFloat32(Uint16Array.of(bits, bits + 1));
      assert.ok(value < next);
    }),
  );
});
