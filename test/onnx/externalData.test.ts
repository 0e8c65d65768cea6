import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { externalTensors, withValuesInside } from '../../onnx/externalData.js';
import { writeOnnx } from '../../onnx/writeOnnx.js';
import { decodeOnnx } from './decodeOnnx.js';
import { externalOnnx } from './externalOnnx.js';

const INSIDE = writeOnnx({
  name: 'sum',
  description: '',
  inputs: [{ name: 'x', shape: [2] }],
  outputs: [{ name: 'y', shape: [2] }],
  constants: [
    { name: 'one', shape: [2], values: Float32Array.of(1, 2) },
    { name: 'two', shape: [1], values: Float32Array.of(3) },
  ],
  nodes: [{ type: 'Add', inputs: ['x', 'one'], output: 'y' }],
});

test('tensors in another file are listed, with their places', () => {
  assert.deepEqual(externalTensors(INSIDE), []);
  assert.deepEqual(externalTensors(externalOnnx(INSIDE, 'w.bin').model), [
    { name: 'one', location: 'w.bin', offset: 0, length: 8 },
    { name: 'two', location: 'w.bin', offset: 8, length: 4 },
  ]);
});

test('a file with their values inside is what it was before', () => {
  const { model, data } = externalOnnx(INSIDE, 'w.bin');
  const complete = withValuesInside(model, ({ offset, length = 0 }) => data.subarray(offset, offset + length));
  assert.deepEqual(externalTensors(complete), []);
  assert.deepEqual(decodeOnnx(complete), decodeOnnx(INSIDE));
});

test('a file without such tensors stays as it is, byte by byte', () => {
  assert.deepEqual(Buffer.from(withValuesInside(INSIDE, () => assert.fail())), Buffer.from(INSIDE));
});

for (const [what, entries, message] of [
  ['no location', { offset: '0' }, /tensor one lies in another file, which is not named/],
  ['an offset that is no number', { location: 'w', offset: '-1' }, /tensor one has the offset -1/],
  ['a length beyond all bounds', { location: 'w', length: '9'.repeat(30) }, /tensor one has the length 9{30}/],
] as const) {
  test(`refuses ${what}`, () => {
    assert.throws(() => externalTensors(externalOnnx(INSIDE, 'w', () => entries).model), { message });
  });
}

test('whatever bytes come, they are answered or refused with an error', () => {
  const { model } = externalOnnx(INSIDE, 'w.bin');
  const changed = fc.tuple(fc.nat(model.length - 1), fc.nat(255)).map(([place, byte]) => {
    const copy = Uint8Array.from(model);
    copy[place] = byte;
    return copy;
  });
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 100 }), changed), (bytes) => {
      try {
        externalTensors(bytes);
      } catch (thrown) {
        assert.ok(thrown instanceof Error && thrown.message !== '', String(thrown));
      }
    }),
    { numRuns: 5000 },
  );
});
