/** Where MTCNN places landmarks, against coordinates that a person read off the images. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { z } from 'zod';
import { elementAt } from '../../../base/arrays.js';
import { chooseFace } from '../../../qsl/detection/chooseFace.js';
import { decodeImage } from '../../../qsl/detection/image.js';
import { createFaceDetector } from '../../../qsl/detection/mtcnn.js';
import { syntheticImage, testNetworks } from '../folders.js';

/** Of the distance between the eyes, some 44 pixels: the faces are blurred, and read to 2 or 3 pixels at best. */
const TOLERANCE = 0.15;
const MEAN_TOLERANCE = 0.06;

const Fixture = z.object({
  images: z.array(
    z.object({
      person: z.int(),
      number: z.int(),
      landmarks: z.array(z.tuple([z.number(), z.number()])).length(5),
    }),
  ),
});

const { images } = Fixture.parse(
  JSON.parse(readFileSync(new URL('../../../../test/fixtures/landmarksByEye.json', import.meta.url), 'utf8')),
);
const detector = await createFaceDetector(await testNetworks());

/** How far each landmark lies from where it was seen, as a share of the distance between the eyes. */
async function distances({ person, number, landmarks }: (typeof images)[number]): Promise<number[]> {
  const image = await decodeImage(readFileSync(syntheticImage(person, number)));
  const face = chooseFace(await detector.detect(image), image.width, image.height);
  const [[leftX, leftY], [rightX, rightY]] = [elementAt(landmarks, 0), elementAt(landmarks, 1)];
  const eyeDistance = Math.hypot(rightX - leftX, rightY - leftY);
  return landmarks.map(([x, y], index) => {
    const found = elementAt(face.landmarks, index);
    return Math.hypot(found.x - x, found.y - y) / eyeDistance;
  });
}

const found: number[] = [];

for (const image of images) {
  test(`each landmark of face ${image.person}, image ${image.number}, is where it is seen`, async () => {
    const shares = await distances(image);
    found.push(...shares);
    assert.ok(Math.max(...shares) < TOLERANCE, shares.map((share) => share.toFixed(3)).join(', '));
  });
}

test('landmarks of twenty faces are near the places seen, on average', () => {
  assert.equal(found.length, 20 * 5);
  const mean = found.reduce((sum, share) => sum + share, 0) / found.length;
  assert.ok(mean < MEAN_TOLERANCE, `mean ${mean}`);
});
