/**
 * Finds and aligns the faces of the synthetic data set, and writes them to qsl/synthetic-faces-aligned/. Run it again when
 * the images or the preprocessing change: `node dist/scripts/alignSyntheticFaces.js`
 */

import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { SYNTHETIC_FOLDER } from '../qsl/datasets/datasetFolder.js';
import { preprocessDataset } from '../qsl/preprocessDataset.js';
import { manifestOf } from '../qsl/store/faceStore.js';
import { SHIPPED_FACES, SHIPPED_IMAGE_FOLDER, SHIPPED_MANIFEST } from '../qsl/store/shippedFaces.js';
import { networkInputOf } from '../sut/networks/network.js';
import { SPHEREFACE20_NETWORK } from '../sut/networks/sphereface20.js';

const NO_STAMP = { size: 0, modifiedMs: 0, changedMs: 0 };

const { frame } = networkInputOf(SPHEREFACE20_NETWORK);
// In another folder they are any data set, whose faces are looked for.
const copy = await mkdtemp(join(tmpdir(), 'synthetic-faces-'));
try {
  await cp(SYNTHETIC_FOLDER, copy, { recursive: true });
  const { outcomes } = await preprocessDataset({ dataset: copy, frame });
  const images = [...outcomes].map(([path, outcome]) => ({ path, stamp: NO_STAMP, outcome }));
  const address = {
    storeFolder: '',
    imageFolder: SHIPPED_IMAGE_FOLDER,
    imagePaths: [],
    frame,
    applyOrientation: false,
  };
  const faces = images.flatMap(({ outcome }) => ('face' in outcome ? [outcome.face] : []));

  await mkdir(dirname(SHIPPED_MANIFEST), { recursive: true });
  await writeFile(SHIPPED_MANIFEST, `${JSON.stringify(manifestOf(address, images))}\n`);
  const raw = {
    width: frame.width,
    height: frame.height * faces.length,
    channels: 3,
    pageHeight: frame.height,
  } as const;
  await sharp(Buffer.concat(faces), { raw }).webp({ lossless: true, effort: 6 }).toFile(SHIPPED_FACES);
} finally {
  await rm(copy, { recursive: true, force: true });
}
