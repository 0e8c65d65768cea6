import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decodeFloat16, encodeFloat16 } from '../../sut/float16.js';

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
  test(`0x${bits.toString(16).padStart(4, '0')} is ${Object.is(value, -0) ? '-0' : value}, and the other way round`, () => {
    assert.deepEqual(decoded(bits), [value]);
    assert.deepEqual(encoded(value), [bits]);
  });
}

test('the bit patterns of positive numbers are in the order of their values', () => {
  fc.assert(
    fc.property(fc.nat(0x7bff), (bits) => {
      const [value = 0, next = 0] = decoded(bits, bits + 1);
      assert.ok(value < next);
    }),
  );
});

for (const [value, bits] of [
  [65519.996, 0x7bff],
  [65520, 0x7c00],
  [-70000, 0xfc00],
  [2 ** -25, 0x0000],
  [3 * 2 ** -25, 0x0002],
  [1 + 2 ** -11, 0x3c00],
  [1 + 3 * 2 ** -11, 0x3c02],
] as const) {
  test(`${value} becomes 0x${bits.toString(16).padStart(4, '0')}`, () => assert.deepEqual(encoded(value), [bits]));
}

test('no half is nearer to a number than the one it becomes', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.float({ min: -65504, max: 65504, noNaN: true }),
        fc.float({ min: Math.fround(-0.001), max: Math.fround(0.001), noNaN: true }),
      ),
      (value) => {
        const [bits = 0] = encoded(value);
        const [found = 0, below = 0, above = 0] = decoded(bits, Math.max(bits - 1, bits & 0x8000), bits + 1);
        for (const other of [below, above]) assert.ok(Math.abs(found - value) <= Math.abs(other - value));
      },
    ),
  );
});

test('memory is used from where a view starts', () => {
  const halves = Uint16Array.of(1, 2, 3, 4);
  encodeFloat16(Float32Array.of(1, -2), halves.subarray(1, 3));
  assert.deepEqual([...halves], [1, 0x3c00, 0xc000, 4]);
});

function decoded(...bits: number[]): number[] {
  const values = new Float32Array(bits.length);
  decodeFloat16(Uint16Array.from(bits), values);
  return [...values];
}

function encoded(...values: number[]): number[] {
  const halves = new Uint16Array(values.length);
  encodeFloat16(Float32Array.from(values), halves);
  return [...halves];
}
