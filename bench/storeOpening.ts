/**
 * How long a prepared store of 6,000 pairs (12,000 images) takes to open, with and without reading every image again.
 * Images and faces are noise of the usual sizes (14 kB and 32 kB); this needs 550 MB of disk while it runs.
 *
 * `node dist/bench/storeOpening.js [PAIRS]`
 */
import { randomFillSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sha256Of } from '../platform/node/files.js';
import { faceBytesOf } from '../qsl/alignment/alignFace.js';
import { openDataset } from '../qsl/openDataset.js';
import { type StoredImage, writeStore } from '../qsl/store/faceStore.js';
import { stampOf } from '../qsl/store/fileStamp.js';
import { networkInputOf } from '../sut/networks/network.js';
import { SPHEREFACE20_NETWORK } from '../sut/networks/sphereface20.js';

const IMAGE_BYTES = 14_000;
const input = networkInputOf(SPHEREFACE20_NETWORK);
const FACE_BYTES = faceBytesOf(input.frame);
const pairCount = Number(process.argv[2] ?? 6000);
const folder = mkdtempSync(join(tmpdir(), 'store-opening-'));
try {
  const options = { dataset: await prepare(), cacheFolder: folder, ...input };
  await time('opened, first', options);
  await time('opened, again', options);
  await time('opened, every image read', { ...options, verify: true });
} finally {
  rmSync(folder, { recursive: true });
}

/** Creates the images, the pair list and the store. */
async function prepare(): Promise<string> {
  const dataset = mkdtempSync(join(folder, 'images-'));
  const imagePaths = Array.from({ length: pairCount * 2 }, (_, index) => `${index}.jpg`);
  const pairs = Array.from({ length: pairCount }, (_, index) => `${2 * index}.jpg ${2 * index + 1}.jpg ${index % 2}`);
  writeFileSync(join(dataset, 'pairs.txt'), pairs.join('\n'));
  const images = imagePaths.map((path): StoredImage => {
    const bytes = randomFillSync(new Uint8Array(IMAGE_BYTES));
    writeFileSync(join(dataset, path), bytes);
    const face = randomFillSync(new Uint8Array(FACE_BYTES));
    const landmarks = Array.from({ length: 5 }, () => ({ x: 100 * Math.random(), y: 100 * Math.random() }));
    const outcome = { sha256: sha256Of(bytes), face, score: 0.99, faceCount: 1, landmarks, faceSha256: sha256Of(face) };
    return { path, stamp: stampOf(join(dataset, path)), outcome };
  });
  await writeStore(
    {
      storeFolder: join(folder, 'faces'),
      imageFolder: dataset,
      imagePaths,
      frame: input.frame,
      applyOrientation: false,
    },
    images,
  );
  return dataset;
}

async function time(what: string, options: Parameters<typeof openDataset>[0]): Promise<void> {
  const [startMs, cpu] = [performance.now(), process.cpuUsage()];
  const { library, report } = await openDataset(options);
  const [wallMs, { user, system }] = [performance.now() - startMs, process.cpuUsage(cpu)];
  const facesMb = (library.totalSampleCount * 2 * FACE_BYTES) / 1e6;
  if (!report.fromStore) throw new Error('the store was made anew, expected it to be read');
  console.log(
    `${what.padEnd(26)} ${wallMs.toFixed(0).padStart(6)} ms (${((user + system) / 1000).toFixed(0)} ms of a core), ` +
      `${library.totalSampleCount} pairs, ${facesMb.toFixed(0)} MB of faces`,
  );
}
