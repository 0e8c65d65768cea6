/** Hostile manifests: whatever stands there, a store is read whole or not at all. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { ZodError } from 'zod';
import { elementAt } from '../../../base/arrays.js';
import { sha256Of } from '../../../platform/node/files.js';
import { readStore, type StoredImage, storeKey, writeStore } from '../../../qsl/store/faceStore.js';
import { manifestBase, parseManifest } from '../../../qsl/store/manifest.js';
import { narrowInput } from '../networkInputs.js';

const RUNS = 10_000;

function check(text: string): void {
  try {
    const { images } = parseManifest(text);
    for (const image of images) assert.equal('fault' in image, !('faceSha256' in image));
  } catch (thrown) {
    assert.ok(thrown instanceof SyntaxError || thrown instanceof ZodError, String(thrown));
  }
}

const digest = 'a'.repeat(64);
const valid = JSON.stringify({
  ...manifestBase({ imageFolder: '/faces', frame: narrowInput.frame, applyOrientation: false }),
  facesSha256: digest,
  images: [
    { path: 'a.jpg', stamp: null, sha256: null, fault: { code: 'QSL_IMAGE_MISSING', message: 'a.jpg' } },
    {
      path: 'b.jpg',
      stamp: { size: 1, modifiedMs: 1, changedMs: 1 },
      sha256: digest,
      score: 1,
      faceCount: 1,
      landmarks: Array.from({ length: 5 }, () => ({ x: 1, y: 2 })),
      faceSha256: digest,
    },
  ],
});

test('any JSON', () => {
  fc.assert(
    fc.property(fc.json(), (text) => check(text)),
    { numRuns: RUNS },
  );
});

test('a manifest with a piece replaced', () => {
  parseManifest(valid);
  const place = fc.integer({ min: 0, max: valid.length });
  const piece = fc.oneof(
    fc.string({ maxLength: 5 }),
    fc.constantFrom('null', '1e999', '-1', '[]', '{}', '"__proto__":1,'),
  );
  fc.assert(
    fc.property(place, fc.integer({ min: 0, max: 20 }), piece, (start, length, inserted) =>
      check(valid.slice(0, start) + inserted + valid.slice(start + length)),
    ),
    { numRuns: RUNS },
  );
});

const storeFolder = mkdtempSync(join(tmpdir(), 'qsl-test-'));
after(() => rmSync(storeFolder, { recursive: true, force: true }));

test('a store on disk with bytes changed is read as it was written, or not at all', async () => {
  const address = {
    storeFolder,
    imageFolder: '/faces',
    imagePaths: ['b.jpg'],
    frame: narrowInput.frame,
    applyOrientation: false,
  };
  const face = new Uint8Array(112 * 96 * 3).fill(7);
  const outcome = {
    sha256: digest,
    face,
    score: 1,
    faceCount: 1,
    landmarks: Array.from({ length: 5 }, () => ({ x: 1, y: 2 })),
  };
  const stamp = { size: 1, modifiedMs: 1, changedMs: 1 };
  const image: StoredImage = { path: 'b.jpg', stamp, outcome: { ...outcome, faceSha256: sha256Of(face) } };
  await writeStore(address, [image]);
  const file = join(storeFolder, `${storeKey(address)}.json`);
  const [written] = (await readStore(address)) ?? [];
  assert.ok(written);
  const text = JSON.stringify({
    ...manifestBase({ imageFolder: '/faces', frame: narrowInput.frame, applyOrientation: false }),
    facesSha256: sha256Of(sha256Of(face)),
    images: [{ path: 'b.jpg', stamp, ...outcome, face: undefined, faceSha256: sha256Of(face) }],
  });
  const change = fc.tuple(fc.integer({ min: 0, max: text.length - 1 }), fc.string({ maxLength: 2 }));
  await fc.assert(
    fc.asyncProperty(change, async ([place, inserted]) => {
      writeFileSync(file, text.slice(0, place) + inserted + text.slice(place + 1));
      const images = await readStore(address);
      if (images === undefined) return;
      const read = elementAt(images, 0).outcome;
      assert.ok('face' in read && read.faceSha256 === sha256Of(face));
    }),
    { numRuns: 500 },
  );
});
