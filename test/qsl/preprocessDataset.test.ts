import assert from 'node:assert/strict';
import {
  appendFile,
  copyFile,
  mkdir,
  readdir,
  readFile,
  rm,
  stat,
  truncate,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { after, type TestContext, test } from 'node:test';
import { elementAt } from '../../base/arrays.js';
import type { FaceFrame } from '../../base/pairLayout.js';
import { type PreprocessedDataset, preprocessDataset } from '../../qsl/preprocessDataset.js';
import { syntheticImage, temporaryCache, temporaryDataset } from './folders.js';
import { narrowInput, squareInput } from './networkInputs.js';

const PEOPLE = 2;
const IMAGES = PEOPLE * 2;

interface Setting {
  readonly dataset: string;
  readonly cacheFolder: string;
  readonly workerCount: number;
  readonly frame: FaceFrame;
}

async function setting(t: TestContext): Promise<Setting> {
  const dataset = await temporaryDataset(t, PEOPLE);
  return { dataset, cacheFolder: await temporaryCache(t), workerCount: 1, frame: narrowInput.frame };
}

/** The store's files, manifest first. */
async function storedFiles(cacheFolder: string): Promise<[manifest: string, faces: string]> {
  const folder = join(cacheFolder, 'faces');
  const files = (await readdir(folder)).sort().map((file) => join(folder, file));
  const manifest = files.find((file) => file.endsWith('.json'));
  const faces = files.find((file) => file.endsWith('.faces'));
  assert.ok(manifest && faces && files.length === 2, `found ${files}`);
  return [manifest, faces];
}

const firstImage = (dataset: string): string => join(dataset, 'lfw', 'Synthetic_001', 'Synthetic_001_0001.jpg');

const facesOf = ({ outcomes }: PreprocessedDataset) =>
  [...outcomes.values()].map((outcome) => ('face' in outcome ? Buffer.from(outcome.face) : outcome.fault.code));

test('aligns a face of 112 x 96 x 3 bytes for each image, once', async (t) => {
  const made = await preprocessDataset(await setting(t));
  assert.equal(made.outcomes.size, IMAGES);
  for (const face of facesOf(made)) assert.equal(face.length, 112 * 96 * 3);
  assert.deepEqual(made.report, {
    imageCount: IMAGES,
    faceCount: IMAGES,
    severalFaces: [],
    lowScores: [],
    notTurned: [],
    faults: [],
    fromStore: false,
  });
});

test('the number of workers changes no byte', async (t) => {
  const one = await setting(t);
  const three = { ...one, cacheFolder: await temporaryCache(t) };
  await preprocessDataset({ ...one, workerCount: 1 });
  await preprocessDataset({ ...three, workerCount: 3 });
  const [first, second] = [await storedFiles(one.cacheFolder), await storedFiles(three.cacheFolder)];
  for (const [index, file] of first.entries()) {
    assert.deepEqual(await readFile(file), await readFile(elementAt(second, index)));
  }
});

test('reports progress image by image', async (t) => {
  const seen: [number, number][] = [];
  await preprocessDataset({ ...(await setting(t)), onProgress: (done, total) => seen.push([done, total]) });
  assert.deepEqual(
    seen,
    Array.from({ length: IMAGES }, (_, index) => [index + 1, IMAGES]),
  );
});

test('a second run takes all from the store, without the networks', async (t) => {
  const options = await setting(t);
  const made = await preprocessDataset(options);
  await rm(join(options.cacheFolder, 'mtcnn'), { recursive: true });
  await utimes(firstImage(options.dataset), 0, 0);
  const found = await preprocessDataset(options);
  assert.equal(found.report.fromStore, true);
  assert.deepEqual([...found.outcomes.keys()], [...made.outcomes.keys()]);
  assert.deepEqual(facesOf(found), facesOf(made));
});

/** Each makes the store unfit for what is asked next, and changes no face. */
const changes: Record<string, (setting: Setting) => Promise<unknown>> = {
  'an image has other bytes': ({ dataset }) => appendFile(firstImage(dataset), 'x'),
  'the faces are truncated': async ({ cacheFolder }) => truncate((await storedFiles(cacheFolder))[1], 1000),
  'the faces are gone': async ({ cacheFolder }) => rm((await storedFiles(cacheFolder))[1]),
  'a pixel of the faces is changed': async ({ cacheFolder }) => {
    const [, path] = await storedFiles(cacheFolder);
    const faces = await readFile(path);
    faces.writeUInt8(faces.readUInt8(5000) ^ 1, 5000);
    await writeFile(path, faces);
  },
  'the manifest is truncated': async ({ cacheFolder }) => truncate((await storedFiles(cacheFolder))[0], 100),
  'the manifest is not JSON': async ({ cacheFolder }) => writeFile((await storedFiles(cacheFolder))[0], 'nonsense'),
  'the manifest is another JSON': async ({ cacheFolder }) => writeFile((await storedFiles(cacheFolder))[0], '{}'),
  'the manifest has one image less': (options) =>
    editManifest(options, (text) =>
      text.replace(/\{\s*"path": "Synthetic_001\/Synthetic_001_0001.*?(?=\{\s*"path")/s, ''),
    ),
  'the manifest names images in another order': (options) =>
    editManifest(options, (text) =>
      text.replace('_001_0001', '_001_000?').replace('_001_0002', '_001_0001').replace('_001_000?', '_001_0002'),
    ),
  'the store is of an earlier version': (options) =>
    editManifest(options, (text) => text.replace(/"preprocessingVersion": \d+/, '"preprocessingVersion": 0')),
  'the store is of another frame': (options) =>
    editManifest(options, (text) => text.replace('"templateShiftX": 0', '"templateShiftX": 1')),
  'the store is of a frame as large as can be': (options) =>
    editManifest(options, (text) => text.replace('"width": 96', '"width": 9007199254740991')),
  'the store was made by other networks': (options) =>
    editManifest(options, (text) => text.replace(/"pnet": "\w{8}/, '"pnet": "00000000')),
};

async function editManifest({ cacheFolder }: Setting, edit: (text: string) => string): Promise<void> {
  const [path] = await storedFiles(cacheFolder);
  const text = await readFile(path, 'utf8');
  assert.notEqual(edit(text), text);
  await writeFile(path, edit(text));
}

/** The store that each change makes unfit, and what is done then makes whole again: to make one for each takes longer. */
const inOnePlace: Setting = {
  dataset: await temporaryDataset({ after }, PEOPLE),
  cacheFolder: await temporaryCache({ after }),
  workerCount: 1,
  frame: narrowInput.frame,
};
const facesInPlace = facesOf(await preprocessDataset(inOnePlace));

for (const [what, change] of Object.entries(changes)) {
  test(`makes the store anew when ${what}`, async () => {
    assert.equal((await preprocessDataset(inOnePlace)).report.fromStore, true);
    await change(inOnePlace);
    const again = await preprocessDataset(inOnePlace);
    assert.equal(again.report.fromStore, false);
    assert.deepEqual(facesOf(again), facesInPlace);
    await storedFiles(inOnePlace.cacheFolder);
    assert.equal((await preprocessDataset(inOnePlace)).report.fromStore, true);
  });
}

test('another image gives another face', async (t) => {
  const options = await setting(t);
  const [before, ...others] = facesOf(await preprocessDataset(options));
  await copyFile(syntheticImage(9, 1), firstImage(options.dataset));
  const [after, ...same] = facesOf(await preprocessDataset(options));
  assert.notDeepEqual(after, before);
  assert.deepEqual(same, others);
});

test('stores of different selections stand side by side', async (t) => {
  const options = await setting(t);
  await preprocessDataset({ ...options, pairs: 1 });
  await preprocessDataset({ ...options, pairs: 2 });
  assert.equal((await preprocessDataset({ ...options, pairs: 1 })).report.fromStore, true);
});

test('stores of different frames stand side by side, and a shifted frame has the same face further right', async (t) => {
  const options = await setting(t);
  const narrow = facesOf(await preprocessDataset(options));
  const square = facesOf(await preprocessDataset({ ...options, frame: squareInput.frame }));
  assert.equal((await preprocessDataset(options)).report.fromStore, true);
  for (const [index, face] of square.entries()) {
    assert.ok(Buffer.isBuffer(face) && face.length === 112 * 112 * 3);
    const rows = Array.from({ length: 112 }, (_, y) => face.subarray((y * 112 + 8) * 3, (y * 112 + 8 + 96) * 3));
    const expected = Buffer.from(elementAt(narrow, index));
    // By a step at most: the place that a pixel is taken from may be rounded otherwise.
    assert.ok(Buffer.concat(rows).every((value, i) => Math.abs(value - elementAt(expected, i)) <= 1));
  }
});

test('two runs at once end with one whole store', async (t) => {
  const options = await setting(t);
  const [one, two] = await Promise.all([preprocessDataset(options), preprocessDataset(options)]);
  assert.deepEqual(facesOf(one), facesOf(two));
  await storedFiles(options.cacheFolder);
  assert.equal((await preprocessDataset(options)).report.fromStore, true);
});

/** Ends a run after this many images. */
async function interruptAfter(images: number, options: Setting): Promise<void> {
  const controller = new AbortController();
  const reason = new Error('enough');
  await assert.rejects(
    preprocessDataset({
      ...options,
      signal: controller.signal,
      onProgress(done) {
        assert.ok(done <= images, `${done} images were done after the abort`);
        if (done === images) controller.abort(reason);
      },
    }),
    reason,
  );
}

/** The number of images that a run finds done after each one it does. */
async function progressOf(options: Setting): Promise<number[]> {
  const seen: number[] = [];
  await preprocessDataset({ ...options, onProgress: (done) => seen.push(done) });
  return seen;
}

test('an interrupted run is continued by the next, with the same result', async (t) => {
  const options = await setting(t);
  const whole = { ...options, cacheFolder: await temporaryCache(t) };
  await preprocessDataset(whole);
  await interruptAfter(2, options);
  assert.deepEqual(await progressOf(options), [3, 4]);
  const [[manifest, faces], [expectedManifest, expectedFaces]] = [
    await storedFiles(options.cacheFolder),
    await storedFiles(whole.cacheFolder),
  ];
  assert.deepEqual(await readFile(manifest), await readFile(expectedManifest));
  assert.deepEqual(await readFile(faces), await readFile(expectedFaces));
});

test('a run that is interrupted again and again comes to its end', async (t) => {
  const options = await setting(t);
  for (const images of [1, 2, 3]) await interruptAfter(images, options);
  assert.deepEqual(await progressOf(options), [4]);
  await storedFiles(options.cacheFolder);
});

for (const [what, change] of [
  ['is damaged', (bytes: Buffer) => bytes.writeUInt8(bytes.readUInt8(99) ^ 1, 99)],
  ['is cut off', (bytes: Buffer) => bytes.subarray(0, -1)],
] as const) {
  test(`what an interrupted run kept is not used when it ${what}`, async (t) => {
    const options = await setting(t);
    await interruptAfter(2, options);
    const [, faces] = await storedFiles(options.cacheFolder);
    const bytes = await readFile(faces);
    const changed = change(bytes);
    await writeFile(faces, typeof changed === 'number' ? bytes : changed);
    assert.deepEqual(await progressOf(options), [1, 2, 3, 4]);
  });
}

test('of what an interrupted run kept, an image that changed is done again', async (t) => {
  const options = await setting(t);
  await interruptAfter(2, options);
  await appendFile(firstImage(options.dataset), 'x');
  assert.deepEqual(await progressOf(options), [2, 3, 4]);
});

test('what an interrupted run kept is not used for another frame', async (t) => {
  const options = await setting(t);
  await interruptAfter(2, options);
  assert.deepEqual(await progressOf({ ...options, frame: squareInput.frame }), [1, 2, 3, 4]);
  assert.deepEqual(await progressOf(options), [3, 4]);
});

test('only the image that changed is done again', async (t) => {
  const options = await setting(t);
  await preprocessDataset(options);
  await appendFile(firstImage(options.dataset), 'x');
  assert.deepEqual(await progressOf(options), [4]);
});

test('an image whose bytes changed behind unchanged size and times is found by verifying', async (t) => {
  const options = await setting(t);
  await preprocessDataset(options);
  // What a forger would have to do: the manifest says what the changed file looks like.
  const bytes = await readFile(firstImage(options.dataset));
  await writeFile(firstImage(options.dataset), Buffer.concat([bytes.subarray(0, -2), Buffer.from('xx')]));
  const { size, mtimeMs, ctimeMs } = await stat(firstImage(options.dataset));
  const stamp = JSON.stringify({ size, modifiedMs: mtimeMs, changedMs: ctimeMs });
  await editManifest(options, (text) => text.replace(/(_001_0001\.jpg",\s*"stamp": )\{[^}]*\}/s, `$1${stamp}`));
  assert.equal((await preprocessDataset(options)).report.fromStore, true);
  assert.equal((await preprocessDataset({ ...options, verify: true })).report.fromStore, false);
});

test('an abort that came before starts nothing', async (t) => {
  const options = { ...(await setting(t)), signal: AbortSignal.abort(new Error('before')) };
  await assert.rejects(preprocessDataset(options), { message: 'before' });
});

for (const workerCount of [0, -1, 1.5, Number.NaN]) {
  test(`refuses ${workerCount} workers`, async (t) => {
    await assert.rejects(preprocessDataset({ ...(await setting(t)), workerCount }), { code: 'QSL_WORKER_COUNT' });
  });
}

test('a cache folder that cannot be written to is named', async (t) => {
  const options = await setting(t);
  await writeFile(join(options.cacheFolder, 'faces'), 'a file where a folder should be');
  await assert.rejects(preprocessDataset(options), {
    code: 'QSL_STORE',
    message: /cannot write the aligned faces to .*faces/,
  });
});

test('an image that cannot be read is a fault of that image alone', async (t) => {
  const options = await setting(t);
  await rm(firstImage(options.dataset));
  await mkdir(firstImage(options.dataset));
  const { report } = await preprocessDataset(options);
  assert.deepEqual(
    report.faults.map(({ code }) => code),
    ['QSL_IMAGE_UNREADABLE'],
  );
  assert.equal(report.faceCount, IMAGES - 1);
});
