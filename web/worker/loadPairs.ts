import { faceBytesOf } from '../../qsl/alignment/alignFace.js';
import { type Faces, PairLibrary } from '../../qsl/pairLibrary.js';
import { networkInputOf } from '../../sut/networks/network.js';
import { SPHEREFACE20_NETWORK } from '../../sut/networks/sphereface20.js';
import { fromDifferences } from '../shared/faceDifferences.js';
import { FILE, type ServedDataset } from '../shared/manifest.js';
import type { FileLoader } from './fileLoader.js';

/** 496 pairs as the network takes them: what a phone has left beside engine and model. */
const MAX_BYTES = 256 << 20;

/** Memory that threads of an engine can share, where the page is isolated. */
export function allocate(bytes: number): ArrayBufferLike {
  return crossOriginIsolated ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes);
}

/** The library of pairs whose aligned faces are in a file. */
export async function loadPairs(
  { name, pairs: count }: ServedDataset,
  loader: FileLoader,
): Promise<PairLibrary<Faces, ArrayBufferLike>> {
  const input = networkInputOf(SPHEREFACE20_NETWORK);
  const faces = fromDifferences(await loader.load(FILE.pairs), input.frame.width);
  const faceBytes = faceBytesOf(input.frame);
  const faceAt = (index: number) => faces.subarray(index * faceBytes, (index + 1) * faceBytes);
  const pairs = Array.from({ length: count }, (_, pair) => ({ faceA: faceAt(2 * pair), faceB: faceAt(2 * pair + 1) }));
  return new PairLibrary({ ...input, name, pairs, maxBytes: MAX_BYTES, allocate });
}
