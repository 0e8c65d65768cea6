import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeFloats } from '../../sut/sphereface20/decodeFloats.js';

test('bfloat16 is the upper half of a float32, wherever the bytes start', () => {
  // 1, -2, the smallest subnormal, infinity and the float32 nearest to pi cut off to 16 bits.
  const bits = Uint16Array.of(0x3f80, 0xc000, 0x0001, 0x7f80, 0x4049);
  const file = new Uint8Array(11);
  file.set(new Uint8Array(bits.buffer), 1);
  assert.deepEqual([...decodeFloats('BF16', file.subarray(1))], [1, -2, 2 ** -133, Number.POSITIVE_INFINITY, 3.140625]);
});

test('float32 keeps its bits, whatever they are', () => {
  const bits = Uint32Array.of(0x7fc12345, 0x80000000, 0x00000001);
  const values = decodeFloats('F32', new Uint8Array(bits.buffer));
  assert.deepEqual(new Uint32Array(values.buffer), bits);
});
