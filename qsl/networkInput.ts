import type { FaceFrame, NetworkInput } from '../base/pairLayout.js';
import { faceBytesOf } from './alignment/alignFace.js';

/**
 * Writes an aligned face (height x width x 3 bytes, R, G, B) as the network takes it: height x width x 3 float32 from
 * `start` on.
 *
 * @param mirrored left to right
 * @throws RangeError if the face was aligned into another frame
 */
export type WriteNetworkInput = (face: Uint8Array, target: Float32Array, start: number, mirrored: boolean) => void;

const CHANNELS = 3;

export function networkInputWriter({ frame, arithmetic }: NetworkInput): WriteNetworkInput {
  const { width, height } = frame;
  const { channelOrder, offset, divisor } = arithmetic;
  const channels = channelOrder === 'RGB' ? [0, 1, 2] : [2, 1, 0];
  /** For each byte the value the network sees. */
  const normalised = Float32Array.from({ length: 256 }, (_, value) => (value - offset) / divisor);
  return (face, target, start, mirrored) => {
    checkLength(face, frame);
    let output = start;
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const source = (y * width + (mirrored ? width - 1 - x : x)) * CHANNELS;
        for (const channel of channels) target[output++] = normalised[face[source + channel] ?? 0] ?? 0;
      }
    }
  };
}

function checkLength(face: Uint8Array, frame: FaceFrame): void {
  if (face.length === faceBytesOf(frame)) return;
  throw new RangeError(`a face of ${face.length} bytes, expected ${frame.width} x ${frame.height} x ${CHANNELS}`);
}
