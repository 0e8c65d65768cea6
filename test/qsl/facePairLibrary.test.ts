import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FacePairLibrary } from '../../qsl/facePairLibrary.js';
import type { FacePair } from '../../qsl/pairLibrary.js';
import { narrowInput, squareInput } from './networkInputs.js';

const [WIDTH, HEIGHT] = [96, 112];
const INPUT_LENGTH = WIDTH * HEIGHT * 3;

/** A face in which each byte differs from its neighbours, and from the other faces. */
const faceOf = (seed: number): Uint8Array =>
  Uint8Array.from({ length: INPUT_LENGTH }, (_, index) => (index * 31 + seed * 17) % 256);

const pairs = Array.from({ length: 5 }, (_, index): FacePair => {
  const [a, b] = [
    { name: 'A', number: index + 1 },
    { name: 'B', number: index + 1 },
  ];
  return { a, b, same: false, set: 1, faceA: faceOf(2 * index), faceB: faceOf(2 * index + 1) };
});

const PAIR_LENGTH = 4 * INPUT_LENGTH;
const PAIR_BYTES = PAIR_LENGTH * 4;
const libraryOf = (maxBytes?: number) => new FacePairLibrary({ name: 'test', pairs, maxBytes, ...narrowInput });

/** What the network is to see at (x, y, channel) of a face, B, G, R. */
function expectedValue(face: Uint8Array, x: number, y: number, channel: number, mirrored: boolean): number {
  const column = mirrored ? WIDTH - 1 - x : x;
  return Math.fround(((face[(y * WIDTH + column) * 3 + 2 - channel] ?? Number.NaN) - 128) / 127.5);
}

function assertHolds(library: FacePairLibrary, sample: number): void {
  const values = new Float32Array(library.shared, library.offsetOf(sample) * 4, PAIR_LENGTH);
  const [faceA, faceB] = [faceOf(2 * sample), faceOf(2 * sample + 1)];
  const expected = new Float32Array(PAIR_LENGTH);
  let index = 0;
  for (const [face, mirrored] of [
    [faceA, false],
    [faceA, true],
    [faceB, false],
    [faceB, true],
  ] as const) {
    for (let y = 0; y < HEIGHT; y++) {
      for (let x = 0; x < WIDTH; x++) {
        for (let channel = 0; channel < 3; channel++) {
          expected[index] = expectedValue(face, x, y, channel, mirrored);
          index++;
        }
      }
    }
  }
  assert.deepEqual(values, expected);
}

test('a loaded sample is A, A mirrored, B, B mirrored, as the network takes them', () => {
  const library = libraryOf();
  library.loadSamplesToRam([3, 0]);
  assertHolds(library, 3);
  assertHolds(library, 0);
});

test('a sample has 4 x 112 x 96 x 3 values, and there is room for all', () => {
  const library = libraryOf();
  assert.equal(library.pairValues, 129_024);
  assert.deepEqual([library.totalSampleCount, library.performanceSampleCount], [5, 5]);
  assert.equal(library.shared.byteLength, 5 * PAIR_BYTES);
});

test('with less memory fewer samples fit at once, and their places are used again', () => {
  const library = libraryOf(2 * PAIR_BYTES + 100);
  assert.deepEqual([library.totalSampleCount, library.performanceSampleCount], [5, 2]);
  library.loadSamplesToRam([0, 1]);
  library.unloadSamplesFromRam([0]);
  library.loadSamplesToRam([4]);
  assertHolds(library, 1);
  assertHolds(library, 4);
});

test('one sample fits into however little', () => assert.equal(libraryOf(0).performanceSampleCount, 1));

test('more samples than fit are refused', () => {
  assert.throws(() => libraryOf(2 * PAIR_BYTES).loadSamplesToRam([0, 1, 2]), { code: 'QSL_NO_ROOM' });
});

test('loading twice takes one place', () => {
  const library = libraryOf(PAIR_BYTES);
  library.loadSamplesToRam([2, 2]);
  library.loadSamplesToRam([2]);
  assertHolds(library, 2);
});

test('an unloaded sample is not to be had', () => {
  const library = libraryOf();
  library.loadSamplesToRam([1]);
  library.unloadSamplesFromRam([1, 1, 4]);
  assert.throws(() => library.offsetOf(1), { code: 'QSL_NOT_LOADED', message: /sample 1 not loaded/ });
});

test('a sample that was never loaded is not to be had', () => {
  assert.throws(() => libraryOf().offsetOf(0), { code: 'QSL_NOT_LOADED' });
});

for (const index of [-1, 5, 0.5, Number.NaN]) {
  test(`there is no sample ${index}`, () => {
    assert.throws(() => libraryOf().loadSamplesToRam([index]), { code: 'QSL_NO_SAMPLE' });
  });
}

test('a library without pairs is refused', () => {
  assert.throws(() => new FacePairLibrary({ name: 'test', pairs: [], ...narrowInput }), { code: 'QSL_NO_PAIRS' });
});

test('another network is given R, G, B and its own arithmetic, in its own frame', () => {
  const [faceA, faceB] = [1, 2].map((seed) =>
    Uint8Array.from({ length: 112 * 112 * 3 }, (_, i) => (i * 31 + seed) % 256),
  );
  assert.ok(faceA && faceB);
  const [first] = pairs;
  assert.ok(first);
  const library = new FacePairLibrary({ name: 'test', pairs: [{ ...first, faceA, faceB }], ...squareInput });
  library.loadSamplesToRam([0]);
  const values = new Float32Array(library.shared, 0, library.pairValues);
  const plain = (face: Uint8Array) => Array.from(face, (value) => Math.fround((value - 127.5) / 128));
  const rowsOf = (face: Uint8Array) => Array.from({ length: 112 }, (_, y) => face.subarray(y * 336, (y + 1) * 336));
  const mirrored = (face: Uint8Array) =>
    rowsOf(face).flatMap((row) =>
      Array.from({ length: 112 }, (_, x) => plain(row.subarray((111 - x) * 3, (112 - x) * 3))).flat(),
    );
  const expected = [plain(faceA), mirrored(faceA), plain(faceB), mirrored(faceB)].flat();
  assert.deepEqual(values, Float32Array.from(expected));
});

test('faces of another frame are refused', () => {
  const library = new FacePairLibrary({ name: 'test', pairs, ...squareInput });
  assert.throws(() => library.loadSamplesToRam([0]), /a face of 32256 bytes, expected 112 x 112 x 3/);
});
