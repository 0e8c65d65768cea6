import { readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { FaceFrame } from '../../base/pairLayout.js';
import { makeFolder, sha256Of, writeError } from '../../platform/node/files.js';
import { writeWhole } from '../../platform/node/wholeFile.js';
import { faceBytesOf } from '../alignment/alignFace.js';
import type { DecodeOptions } from '../detection/image.js';
import type { ImageOutcome } from '../preprocessing/preprocessImage.js';
import { type FileStamp, manifestBase, parseManifest, type StoreManifest } from './manifest.js';

const MAX_MANIFEST_BYTES = 256 * 1024 * 1024;

/** The images that a store is for, and the place of its manifest. */
export interface StoreAddress extends DecodeOptions {
  /** Holds the stores of all data sets. */
  readonly storeFolder: string;
  readonly imageFolder: string;
  /** Below `imageFolder`, each once. */
  readonly imagePaths: readonly string[];
  /** What the faces are aligned into. */
  readonly frame: FaceFrame;
}

/** What came of one image, and what its file looked like before it was read. */
export interface StoredImage {
  /** Below the folder of all images. */
  readonly path: string;
  /** Undefined if there was no such file. */
  readonly stamp: FileStamp | undefined;
  readonly outcome: ImageOutcome;
}

/**
 * Reads a store: a manifest and one file of all aligned faces that is named by its digest. Each face's digest is
 * checked.
 *
 * @returns undefined if there is none, or it is damaged, or was made for other images, by other networks or by another
 *   version of the preprocessing. Whether the images' files changed since is for the caller to compare.
 */
export async function readStore(address: StoreAddress): Promise<StoredImage[] | undefined> {
  const images = await readStoreFiles(`${storeKey(address)}.json`, address);
  const isComplete =
    images?.length === address.imagePaths.length &&
    images.every(({ path }, index) => path === address.imagePaths[index]);
  return isComplete ? images : undefined;
}

/**
 * Writes a store. The faces go first, under a name of their own, then the manifest takes the place of the old one in
 * one step: a run that reads meanwhile, or writes the same store, finds either the old or the new one whole.
 *
 * @throws LoadGenError `QSL_STORE`
 */
export async function writeStore(address: StoreAddress, images: readonly StoredImage[]): Promise<void> {
  await writeStoreFiles(`${storeKey(address)}.json`, address, images);
}

/** What the names of a store's manifest and of its parts' begin with. */
export function storeKey({ imageFolder, imagePaths, frame, applyOrientation }: StoreAddress): string {
  const { width, height, templateShiftX } = frame;
  const made = [imageFolder, imagePaths, width, height, templateShiftX, ...(applyOrientation ? [true] : [])];
  return sha256Of(JSON.stringify(made)).slice(0, 32);
}

/** As `readStore`, for a manifest of this name and whatever images it lists. */
export async function readStoreFiles(manifestName: string, address: StoreAddress): Promise<StoredImage[] | undefined> {
  const { storeFolder } = address;
  const manifest = await readManifest(join(storeFolder, manifestName)).catch(() => undefined);
  if (manifest === undefined || !isMadeLikeOurs(manifest, address)) return undefined;
  const faces = await readFile(join(storeFolder, facesFileName(manifest.facesSha256))).catch(() => undefined);
  return faces && takeFaces(manifest, faces);
}

/** As `writeStore`, with a manifest of this name. */
export async function writeStoreFiles(
  manifestName: string,
  address: StoreAddress,
  images: readonly StoredImage[],
): Promise<void> {
  const { storeFolder } = address;
  try {
    makeFolder(storeFolder);
    const manifest = manifestOf(address, images);
    const faces = images.flatMap(({ outcome }) => ('face' in outcome ? [outcome.face] : []));
    const old = await readManifest(join(storeFolder, manifestName)).catch(() => undefined);
    await writeWhole(join(storeFolder, facesFileName(manifest.facesSha256)), Buffer.concat(faces));
    await writeWhole(join(storeFolder, manifestName), `${JSON.stringify(manifest, undefined, 1)}\n`);
    if (old !== undefined && old.facesSha256 !== manifest.facesSha256) {
      await rm(join(storeFolder, facesFileName(old.facesSha256)), { force: true });
    }
  } catch (thrown) {
    const hint = 'Choose a cache folder that can be written to, with room for 64 kB an image.';
    throw writeError('QSL_STORE', `the aligned faces to ${storeFolder}`, thrown, hint);
  }
}

export function facesFileName(facesSha256: string): string {
  return `${facesSha256}.faces`;
}

/** @throws Error if it is not there or not a manifest */
export async function readManifest(path: string): Promise<StoreManifest> {
  const { size } = await stat(path);
  if (size > MAX_MANIFEST_BYTES) throw new Error(`found ${size} bytes, expected at most ${MAX_MANIFEST_BYTES}`);
  return parseManifest(await readFile(path, 'utf8'));
}

export function manifestOf(address: StoreAddress, images: readonly StoredImage[]): StoreManifest {
  return {
    ...manifestBase(address),
    facesSha256: digestOfDigests(images.map(({ outcome }) => outcome)),
    images: images.map(({ path, stamp, outcome }) => {
      if ('fault' in outcome) return { path, stamp: stamp ?? null, sha256: outcome.sha256, fault: outcome.fault };
      if (stamp === undefined) throw new RangeError(`${path} has a face, but no file`);
      const { face: _, ...facts } = outcome;
      return { path, stamp, ...facts, landmarks: [...facts.landmarks] };
    }),
  };
}

/** Whether a store was made as one for this address would be now, whatever images it holds. */
export function isMadeLikeOurs({ facesSha256: _, images: __, ...base }: StoreManifest, address: StoreAddress): boolean {
  return JSON.stringify(base) === JSON.stringify(manifestBase(address));
}

/** Cuts the file of all faces up; undefined if it is not what the manifest says. */
export function takeFaces(manifest: StoreManifest, faces: Uint8Array): StoredImage[] | undefined {
  const faceBytes = faceBytesOf(manifest.frame);
  const expectedFaces = manifest.images.filter((image) => !('fault' in image)).length;
  if (faces.length !== expectedFaces * faceBytes) return undefined;
  let end = 0;
  const images = manifest.images.map(({ path, stamp, ...outcome }): StoredImage => {
    if ('fault' in outcome) return { path, stamp: stamp ?? undefined, outcome };
    end += faceBytes;
    return { path, stamp: stamp ?? undefined, outcome: { ...outcome, face: faces.subarray(end - faceBytes, end) } };
  });
  const outcomes = images.map(({ outcome }) => outcome);
  const isWhole = outcomes.every((outcome) => 'fault' in outcome || sha256Of(outcome.face) === outcome.faceSha256);
  return isWhole && digestOfDigests(outcomes) === manifest.facesSha256 ? images : undefined;
}

function digestOfDigests(outcomes: readonly ImageOutcome[]): string {
  return sha256Of(outcomes.map((outcome) => ('fault' in outcome ? '' : outcome.faceSha256)).join(''));
}
