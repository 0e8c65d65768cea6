import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { LoadGenError } from '../../base/errors.js';
import { parseSafetensors } from '../../sut/sphereface20/safetensors.js';
import { safetensorsFile } from './safetensorsFile.js';

const f32 = (shape: number[], start: number, end: number) => ({ dtype: 'F32', shape, data_offsets: [start, end] });

test('gives each tensor its type, shape and bytes, in whatever order the header lists them', () => {
  const file = safetensorsFile(
    {
      __metadata__: { format: 'pt' },
      b: { dtype: 'F16', shape: [3], data_offsets: [8, 14] },
      a: f32([1, 2], 0, 8),
      scalar: { dtype: 'U8', shape: [], data_offsets: [14, 15] },
      none: f32([0, 7], 15, 15),
    },
    15,
  );
  file.set([1, 2, 3], file.length - 3);
  const tensors = parseSafetensors(file, 'x.safetensors');
  assert.deepEqual([...tensors.keys()].sort(), ['a', 'b', 'none', 'scalar']);
  assert.deepEqual([tensors.get('b')?.dtype, tensors.get('b')?.shape], ['F16', [3]]);
  assert.deepEqual([...(tensors.get('b')?.bytes ?? [])], [0, 0, 0, 0, 1, 2]);
  assert.deepEqual([...(tensors.get('scalar')?.bytes ?? [])], [3]);
});

test('an empty tensor may start where another one does, whichever the header lists first', () => {
  const empty = f32([0], 0, 0);
  const full = f32([1], 0, 4);
  for (const header of [
    { empty, full },
    { full, empty },
  ]) {
    assert.equal(parseSafetensors(safetensorsFile(header, 4), 'x').get('full')?.bytes.length, 4);
  }
});

const hostile: [string, Uint8Array, RegExp][] = [
  ['empty', new Uint8Array(0), /has 0 bytes, expected at least the 8/],
  ['cut in the length', new Uint8Array(7), /has 7 bytes/],
  [
    'cut in the header',
    safetensorsFile({ a: f32([2], 0, 8) }, 8).subarray(0, 20),
    /announces a header of \d+ bytes, expected at most 12/,
  ],
  [
    'cut in the data',
    safetensorsFile({ a: f32([2], 0, 8) }, 8).subarray(0, -1),
    /tensor a ends at 8, but the file has 7 bytes/,
  ],
  [
    'with data that no tensor takes',
    safetensorsFile({ a: f32([2], 0, 8) }, 9),
    /has 9 bytes of data, of which its tensors take 8/,
  ],
  ['with a giant header', safetensorsFile('{}', 2 << 20, 2n << 19n), /the header is not JSON/],
  ['with a header above the bound', safetensorsFile('{}', 2 << 20, (1n << 20n) + 1n), /expected at most 1048576/],
  [
    'with a header of 2^63 bytes',
    safetensorsFile('{}', 0, 1n << 63n),
    /announces a header of 9223372036854775808 bytes/,
  ],
  ['whose header is not JSON', safetensorsFile('{"a":', 0), /the header is not JSON/],
  [
    'whose header is not UTF-8',
    safetensorsFile('{"a":1}', 0).map((byte, i) => (i === 10 ? 0xff : byte)),
    /the header is not JSON/,
  ],
  ['whose header is an array', safetensorsFile([], 0), /the header is wrong/],
  ['whose header is null', safetensorsFile('null', 0), /the header is wrong/],
  ['with a tensor that is a number', safetensorsFile({ a: 3 }, 0), /the header is wrong[\s\S]*at a/],
  [
    'with an unknown type',
    safetensorsFile({ a: { ...f32([2], 0, 8), dtype: 'F64' } }, 8),
    /the header is wrong[\s\S]*at a\.dtype/,
  ],
  ['with a negative length', safetensorsFile({ a: f32([-2], 0, 8) }, 8), /the header is wrong[\s\S]*at a\.shape/],
  ['with a fraction as length', safetensorsFile({ a: f32([1.5], 0, 6) }, 6), /the header is wrong/],
  ['with a negative offset', safetensorsFile({ a: f32([2], -8, 0) }, 8), /the header is wrong/],
  ['with an unknown key', safetensorsFile({ a: { ...f32([2], 0, 8), stride: 1 } }, 8), /the header is wrong/],
  [
    'with too few bytes for a shape',
    safetensorsFile({ a: f32([3], 0, 8) }, 8),
    /tensor a has 8 bytes, expected 12 for F32 3/,
  ],
  [
    'with offsets the wrong way round',
    safetensorsFile({ z: f32([0], 0, 0), a: f32([2], 8, 0) }, 8),
    /tensor a starts at 8 and leaves a gap/,
  ],
  [
    'with a shape beyond all numbers',
    safetensorsFile({ a: f32([2 ** 50, 2 ** 50, 2 ** 50], 0, 8) }, 8),
    /tensor a has 8 bytes, expected/,
  ],
  [
    'with overlapping tensors',
    safetensorsFile({ a: f32([2], 0, 8), b: f32([2], 4, 12) }, 12),
    /tensor b starts at 4 and overlaps the tensor before it, expected 8/,
  ],
  [
    'with the same data for two',
    safetensorsFile({ a: f32([2], 0, 8), b: f32([2], 0, 8) }, 8),
    /tensor b starts at 0 and overlaps/,
  ],
  [
    'with a gap',
    safetensorsFile({ a: f32([2], 0, 8), b: f32([2], 12, 20) }, 20),
    /tensor b starts at 12 and leaves a gap before it, expected 8/,
  ],
];
for (const [what, file, message] of hostile) {
  test(`refuses a file ${what}`, () =>
    assert.throws(
      () => parseSafetensors(file, 'x.safetensors'),
      (error) => {
        assert.ok(error instanceof LoadGenError);
        assert.equal(error.code, 'MODEL_SAFETENSORS');
        assert.match(error.message, message);
        assert.match(error.message, /^x\.safetensors/);
        return true;
      },
    ));
}

test('whatever byte of a file is changed, it is read or refused, never anything else', () => {
  const original = safetensorsFile(
    { a: f32([2], 0, 8), b: { dtype: 'F16', shape: [2, 2], data_offsets: [8, 16] } },
    16,
  );
  fc.assert(
    fc.property(fc.nat(original.length - 1), fc.nat(255), (position, value) => {
      const changed = original.slice();
      changed[position] = value;
      try {
        parseSafetensors(changed, 'x.safetensors');
      } catch (thrown) {
        assert.ok(thrown instanceof LoadGenError, String(thrown));
      }
    }),
    { numRuns: 1000 },
  );
});
