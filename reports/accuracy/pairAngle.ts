/**
 * The angle between both halves of a response, its features, arccos(cosine) / pi: 0 for the same direction, 1 for opposite ones.
 * NaN if a value is NaN or infinite, or a feature has no direction because all of it is 0.
 */
export function pairAngle(response: Uint8Array): number {
  const view = new DataView(response.buffer, response.byteOffset, response.length);
  const offsetB = response.length / 2;
  let dotProduct = 0;
  let squaredNormA = 0;
  let squaredNormB = 0;
  for (let offset = 0; offset < offsetB; offset += Float32Array.BYTES_PER_ELEMENT) {
    const a = view.getFloat32(offset, true);
    const b = view.getFloat32(offsetB + offset, true);
    dotProduct += a * b;
    squaredNormA += a * a;
    squaredNormB += b * b;
  }
  const cosine = dotProduct / (Math.sqrt(squaredNormA) * Math.sqrt(squaredNormB));
  return Math.acos(Math.min(1, Math.max(-1, cosine))) / Math.PI;
}

/** Whether a pair of this angle is taken for the same person; one without an angle is not. */
export function isSamePerson(angle: number, threshold: number): boolean {
  return angle < threshold;
}
