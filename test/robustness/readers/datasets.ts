import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import sharp from 'sharp';
import { elementAt } from '../../../base/arrays.js';
import { LoadGenError } from '../../../base/errors.js';
import { unpackArchive } from '../../../fetch/unpack.js';
import { sha256Of } from '../../../platform/node/files.js';
import { findDataset } from '../../../qsl/datasets/dataset.js';
import type { FaceDetector } from '../../../qsl/detection/mtcnn.js';
import { findFace, readImage } from '../../../qsl/preprocessing/preprocessImage.js';
import { readStore, storeKey, writeStore } from '../../../qsl/store/faceStore.js';
import { gzipped, tarOf } from '../../fetch/archives.js';
import { syntheticFaces, syntheticImage } from '../../qsl/folders.js';
import { narrowInput } from '../../qsl/networkInputs.js';
import type { DamagedReader } from '../damagedReader.js';

const LIMITS = { maxEntries: 100, maxUnpackedBytes: 1 << 20 };
const ENTRIES = [
  { path: 'lfw/', type: 'Directory' },
  { path: 'lfw/A/A_0001.jpg', content: 'an image' },
  { path: `lfw/${'long/'.repeat(30)}B_0001.jpg`, content: 'another' },
] as const;
const MANIFEST = 0;
/** Finds one face in the middle of any image, so that all that follows runs. */
const DETECTOR: FaceDetector = {
  detect: ({ width, height }) => {
    const at = (x: number, y: number) => ({ x: x * width, y: y * height });
    const landmarks = [at(0.35, 0.4), at(0.65, 0.4), at(0.5, 0.55), at(0.4, 0.7), at(0.6, 0.7)];
    return Promise.resolve([{ left: 0, top: 0, right: width, bottom: height, score: 1, landmarks }]);
  },
};

/** What a query sample library is made of. */
export const datasetReaders: readonly DamagedReader[] = [
  {
    name: 'image',
    prepare: async (folder) => {
      const jpeg = readFileSync(syntheticImage(1, 1));
      return {
        originals: [
          jpeg,
          await sharp(jpeg).resize(64).jpeg({ progressive: true }).withMetadata({ orientation: 6 }).toBuffer(),
          await sharp(jpeg).resize(64).png().toBuffer(),
          await sharp(jpeg).resize(64).png({ palette: true }).toBuffer(),
        ],
        read: async (content) => {
          const file = join(folder, 'image');
          writeFileSync(file, content);
          const read = await readImage(file, { applyOrientation: true });
          const outcome = 'fault' in read ? read : await findFace(file, read, DETECTOR, narrowInput.frame);
          if ('fault' in outcome) throw new LoadGenError(outcome.fault.code, outcome.fault.message);
        },
      };
    },
  },
  {
    name: 'face-store',
    prepare: async (folder) => {
      const { width, height } = narrowInput.frame;
      const face = new Uint8Array(width * height * 3).fill(7);
      const landmarks = Array.from({ length: 5 }, (_, index) => ({ x: index, y: index }));
      const facts = { sha256: 'a'.repeat(64), score: 1, faceCount: 1, landmarks, faceSha256: sha256Of(face) };
      const stamp = { size: 1, modifiedMs: 1, changedMs: 1 };
      const address = {
        storeFolder: folder,
        imageFolder: '/faces',
        imagePaths: ['a', 'b'],
        frame: narrowInput.frame,
        applyOrientation: false,
      };
      await writeStore(
        address,
        address.imagePaths.map((path) => ({ path, stamp, outcome: { ...facts, face } })),
      );
      const files = [`${storeKey(address)}.json`, `${sha256Of(facts.faceSha256.repeat(2))}.faces`];
      const originals = files.map((name) => readFileSync(join(folder, name)));
      return {
        originals,
        read: async (content, original) => {
          for (const [index, name] of files.entries()) writeFileSync(join(folder, name), elementAt(originals, index));
          writeFileSync(join(folder, elementAt(files, original)), content);
          const images = await readStore(address);
          const isDamaged = images?.some(
            ({ outcome }) => !('face' in outcome) || outcome.face.some((byte) => byte !== 7),
          );
          if (isDamaged && original !== MANIFEST) throw new Error('a damaged face was read');
        },
      };
    },
  },
  {
    name: 'pair-list',
    prepare: (folder) => {
      const file = join(folder, 'pairs.txt');
      const list = readFileSync(join(syntheticFaces, 'pairs.txt'), 'utf8');
      const paths = ['name_a,name_b,same', ...[1, 2, 3].map((n) => `${path(n, 1)},${path(n, 2)},1`)].join('\n');
      const tabs = [1, 2, 3].map((n) => `${path(n, 1)}\t${path(4, 2)}\t0`).join('\n');
      return {
        originals: [list, paths, tabs, list.replaceAll('\t', ' ').replaceAll('\n', '\r\n')].map((text) =>
          Buffer.from(text),
        ),
        read: (content) => {
          writeFileSync(file, content);
          return findDataset({ dataset: syntheticFaces, pairsFile: file });
        },
      };
    },
  },
  {
    name: 'archive',
    prepare: (folder) => {
      const [file, target] = [join(folder, 'archive.tgz'), join(folder, 'unpacked')];
      return {
        // The second is damaged inside the compression, whose sums are then right.
        originals: [gzipped(...ENTRIES), tarOf(...ENTRIES)],
        read: async (content, original) => {
          writeFileSync(file, original === 0 ? content : gzipSync(content));
          rmSync(target, { recursive: true, force: true });
          mkdirSync(target);
          await unpackArchive(file, target, LIMITS);
        },
      };
    },
  },
];

function path(person: number, number: number): string {
  return syntheticImage(person, number).slice(syntheticFaces.length + 1);
}
