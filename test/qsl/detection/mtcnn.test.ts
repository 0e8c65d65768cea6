import assert from 'node:assert/strict';
import { test } from 'node:test';
import sharp, { type Sharp } from 'sharp';
import { elementAt } from '../../../base/arrays.js';
import type { Point } from '../../../qsl/alignment/similarity.js';
import { decodeImage } from '../../../qsl/detection/image.js';
import { createFaceDetector, type DetectedFace } from '../../../qsl/detection/mtcnn.js';
import { syntheticImage, testNetworks } from '../folders.js';

const detector = await createFaceDetector(await testNetworks());

/** The faces in an image that sharp draws. */
async function facesIn(image: Sharp): Promise<DetectedFace[]> {
  return detector.detect(await decodeImage(await image.jpeg({ quality: 95 }).toBuffer()));
}

const canvas = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#707070' } });

function landmarksOf(faces: readonly DetectedFace[]): readonly Point[] {
  assert.equal(faces.length, 1);
  return elementAt(faces, 0).landmarks;
}

function assertNear(found: readonly Point[], expected: readonly Point[], pixels: number): void {
  for (const [index, { x, y }] of expected.entries()) {
    const point = elementAt(found, index);
    const distance = Math.hypot(point.x - x, point.y - y);
    assert.ok(distance < pixels, `landmark ${index} lies ${distance} pixels off`);
  }
}

for (const person of [1, 50, 123, 200, 299]) {
  test(`finds synthetic face ${person}, its landmarks in their places`, async () => {
    const faces = await facesIn(sharp(syntheticImage(person, 1)));
    assert.ok(elementAt(faces, 0).score > 0.9);
    const [left, right, nose, mouthLeft, mouthRight] = landmarksOf(faces);
    assert.ok(left && right && nose && mouthLeft && mouthRight);
    assert.ok(left.x < nose.x && nose.x < right.x && mouthLeft.x < mouthRight.x);
    assert.ok(Math.max(left.y, right.y) < nose.y && nose.y < Math.min(mouthLeft.y, mouthRight.y));
    for (const { x, y } of [left, right, nose, mouthLeft, mouthRight]) {
      assert.ok(x > 60 && x < 190 && y > 60 && y < 190, `(${x}, ${y})`);
    }
  });
}

test('landmarks move with the face, in an image that is not square', async () => {
  const [dx, dy] = [131, 42];
  const face = sharp(syntheticImage(7, 1));
  const before = landmarksOf(await facesIn(face));
  const moved = canvas(480, 300).composite([{ input: await face.toBuffer(), left: dx, top: dy }]);
  const expected = before.map(({ x, y }) => ({ x: x + dx, y: y + dy }));
  assertNear(landmarksOf(await facesIn(moved)), expected, 3);
});

test('landmarks grow with the face', async () => {
  const before = landmarksOf(await facesIn(sharp(syntheticImage(7, 1))));
  const larger = landmarksOf(await facesIn(sharp(syntheticImage(7, 1)).resize(500, 500)));
  assertNear(
    larger,
    before.map(({ x, y }) => ({ x: 2 * x + 0.5, y: 2 * y + 0.5 })),
    6,
  );
});

test('a face seen in a mirror has its left eye on the left', async () => {
  const [leftEye, rightEye] = landmarksOf(await facesIn(sharp(syntheticImage(7, 1))));
  const [mirroredLeft, mirroredRight] = landmarksOf(await facesIn(sharp(syntheticImage(7, 1)).flop()));
  assert.ok(leftEye && rightEye && mirroredLeft && mirroredRight);
  const flip = ({ x, y }: Point): Point => ({ x: 249 - x, y });
  assertNear([mirroredLeft, mirroredRight], [flip(rightEye), flip(leftEye)], 3);
});

test('finds two faces in one image', async () => {
  const [one, two] = await Promise.all([1, 50].map((person) => sharp(syntheticImage(person, 1)).toBuffer()));
  const both = canvas(500, 250).composite([
    { input: one, left: 0, top: 0 },
    { input: two, left: 250, top: 0 },
  ]);
  const lefts = (await facesIn(both)).map(({ left }) => left).sort((a, b) => a - b);
  assert.equal(lefts.length, 2);
  assert.ok(elementAt(lefts, 0) < 125 && elementAt(lefts, 1) > 250);
});

for (const [what, width, height] of [
  ['an empty image', 250, 250],
  ['an image smaller than any face', 10, 10],
  ['a single pixel', 1, 1],
  ['a thin strip', 600, 20],
] as const) {
  test(`finds nothing in ${what}`, async () => assert.deepEqual(await facesIn(canvas(width, height)), []));
}
