/** How far a response is from the one to the same sample in another run. */
export interface ResponseDifference {
  readonly largestDifference: number;
  /** NaN where one of them is all 0. */
  readonly cosine: number;
}

/** Of two responses of the same length, float32 values throughout. */
export function differenceOf(one: Uint8Array, other: Uint8Array): ResponseDifference {
  const [a, b] = [floatsOf(one), floatsOf(other)];
  let largestDifference = 0;
  let dotProduct = 0;
  let squaredNormA = 0;
  let squaredNormB = 0;
  for (const [index, valueA] of a.entries()) {
    const valueB = b[index] ?? Number.NaN;
    largestDifference = Math.max(largestDifference, Math.abs(valueA - valueB));
    dotProduct += valueA * valueB;
    squaredNormA += valueA * valueA;
    squaredNormB += valueB * valueB;
  }
  return { largestDifference, cosine: dotProduct / (Math.sqrt(squaredNormA) * Math.sqrt(squaredNormB)) };
}

export function isFinite32(response: Uint8Array): boolean {
  return floatsOf(response).every(Number.isFinite);
}

/** A copy, since a response may start at any byte. */
function floatsOf(response: Uint8Array): Float32Array {
  const view = new DataView(response.buffer, response.byteOffset, response.length);
  return Float32Array.from({ length: response.length / Float32Array.BYTES_PER_ELEMENT }, (_, index) =>
    view.getFloat32(index * Float32Array.BYTES_PER_ELEMENT, true),
  );
}
