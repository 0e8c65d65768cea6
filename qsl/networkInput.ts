import { FACE_BYTES, FACE_HEIGHT, FACE_WIDTH } from './alignment/alignFace.js';

/** float32 values of one network input: 112 x 96 x 3. */
export const INPUT_LENGTH = FACE_BYTES;

const CHANNELS = 3;

/** For each byte the value the network sees. */
const NORMALISED = Float32Array.from({ length: 256 }, (_, value) => (value - 128) / 127.5);

/**
 * Writes an aligned face (112 x 96 x 3 bytes, R, G, B) as Sphereface takes it: 112 x 96 x 3 float32, channels in the
 * order B, G, R, each (v - 128) / 127.5.
 *
 * @param mirrored left to right
 */
export function writeNetworkInput(face: Uint8Array, target: Float32Array, start: number, mirrored: boolean): void {
  let output = start;
  for (let y = 0; y < FACE_HEIGHT; y++) {
    for (let x = 0; x < FACE_WIDTH; x++) {
      const source = (y * FACE_WIDTH + (mirrored ? FACE_WIDTH - 1 - x : x)) * CHANNELS;
      for (let channel = CHANNELS - 1; channel >= 0; channel--) {
        target[output] = NORMALISED[face[source + channel] ?? 0] ?? 0;
        output++;
      }
    }
  }
}
