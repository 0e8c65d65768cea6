import { mkdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { elementAt } from '../../base/elementAt.js';
import { LoadGenError, messageOf } from '../../base/errors.js';
import { sha256Of } from '../../base/sha256.js';
import { type FaceFrame, faceBytesOf } from '../alignment/alignFace.js';
import type { ImageOutcome } from '../preprocessing/preprocessImage.js';
import { manifestBase, type StoreManifest, StoreManifestSchema } from './manifest.js';

const MAX_MANIFEST_BYTES = 256 * 1024 * 1024;

/** The images that a store is for, and the place of its manifest. */
export interface StoreAddress {
  /** Holds the stores of all data sets. */
  readonly storeFolder: string;
  readonly imageFolder: string;
  /** Below `imageFolder`, each once. */
  readonly imagePaths: readonly string[];
  /** What the faces are aligned into. */
  readonly frame: FaceFrame;
}

/**
 * Reads a store: a manifest and one file of all aligned faces that is named by its digest.
 *
 * @returns undefined if there is none, or it is damaged, or was made for other images, by other networks or by another
 *   version of the preprocessing. Whether the images' files changed since is for the caller to compare.
 */
export async function readStore(address: StoreAddress): Promise<ImageOutcome[] | undefined> {
  const manifest = await readManifest(manifestPath(address)).catch(() => undefined);
  if (manifest === undefined || !isFor(manifest, address)) return undefined;
  const faces = await readFaces(join(address.storeFolder, facesFileName(manifest.facesSha256)), manifest);
  if (faces === undefined) return undefined;
  let start = 0;
  return manifest.images.map((image) => {
    if ('fault' in image) return { sha256: image.sha256, fault: image.fault };
    const { sha256, score, faceCount } = image;
    const end = start + faceBytesOf(address.frame);
    const face = faces.subarray(start, end);
    start = end;
    return { sha256, face, score, faceCount };
  });
}

/**
 * Writes a store. The faces go first, under a name of their own, then the manifest takes the place of the old one in
 * one step: a run that reads meanwhile, or writes the same store, finds either the old or the new one whole.
 *
 * @throws LoadGenError `QSL_STORE`
 */
export async function writeStore(address: StoreAddress, outcomes: readonly ImageOutcome[]): Promise<void> {
  try {
    await writeFiles(address, outcomes);
  } catch (cause) {
    const message = `${address.storeFolder}: cannot store the aligned faces: ${messageOf(cause)}`;
    const hint = 'Choose a cache folder that can be written to, with room for 32 kB an image.';
    throw new LoadGenError('QSL_STORE', message, { hint, cause });
  }
}

async function writeFiles(address: StoreAddress, outcomes: readonly ImageOutcome[]): Promise<void> {
  await mkdir(address.storeFolder, { recursive: true });
  const faces = Buffer.concat(outcomes.flatMap((outcome) => ('fault' in outcome ? [] : [outcome.face])));
  const facesSha256 = sha256Of(faces);
  const manifest: StoreManifest = {
    ...manifestBase(address.imageFolder, address.frame),
    facesSha256,
    images: outcomes.map((outcome, index) => {
      const path = elementAt(address.imagePaths, index);
      if ('fault' in outcome) return { path, ...outcome };
      const { sha256, score, faceCount } = outcome;
      return { path, sha256, score, faceCount };
    }),
  };
  const path = manifestPath(address);
  const old = await readManifest(path).catch(() => undefined);
  await writeFileAtomic(join(address.storeFolder, facesFileName(facesSha256)), faces);
  await writeFileAtomic(path, `${JSON.stringify(manifest, undefined, 1)}\n`);
  if (old !== undefined && old.facesSha256 !== facesSha256) {
    await rm(join(address.storeFolder, facesFileName(old.facesSha256)), { force: true });
  }
}

function manifestPath({ storeFolder, imageFolder, imagePaths, frame }: StoreAddress): string {
  const { width, height, templateShiftX } = frame;
  const key = JSON.stringify([imageFolder, imagePaths, width, height, templateShiftX]);
  return join(storeFolder, `${sha256Of(key).slice(0, 32)}.json`);
}

function facesFileName(sha256: string): string {
  return `${sha256}.faces`;
}

async function readManifest(path: string): Promise<StoreManifest> {
  const { size } = await stat(path);
  if (size > MAX_MANIFEST_BYTES) throw new Error(`found ${size} bytes, expected at most ${MAX_MANIFEST_BYTES}`);
  return StoreManifestSchema.parse(JSON.parse(await readFile(path, 'utf8')));
}

function isFor({ images, ...manifest }: StoreManifest, { imageFolder, imagePaths, frame }: StoreAddress): boolean {
  const { facesSha256, ...base } = manifest;
  return (
    JSON.stringify(base) === JSON.stringify(manifestBase(imageFolder, frame)) &&
    images.length === imagePaths.length &&
    images.every(({ path }, index) => path === imagePaths[index])
  );
}

async function readFaces(path: string, { facesSha256, images, frame }: StoreManifest): Promise<Uint8Array | undefined> {
  const expectedBytes = images.filter((image) => !('fault' in image)).length * faceBytesOf(frame);
  try {
    if ((await stat(path)).size !== expectedBytes) return undefined;
    const faces = await readFile(path);
    return faces.length === expectedBytes && sha256Of(faces) === facesSha256 ? faces : undefined;
  } catch {
    return undefined;
  }
}
