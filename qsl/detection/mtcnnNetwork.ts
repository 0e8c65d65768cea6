import { elementAt } from '../../base/arrays.js';
import { LoadGenError } from '../../base/errors.js';
import { openTfliteModel } from '../../tflite/openTfliteModel.js';
import { resizeInput } from '../../tflite/resizeInput.js';

const CHANNELS = 3;

/** One of MTCNN's networks, opened for images of one size. */
export interface MtcnnNetwork {
  /**
   * Computes the outputs for an image: `width x height x 3` values from 0 to 255, R, G, B, row by row. The networks see
   * it with rows and columns swapped, as their MATLAB original did.
   */
  run(image: Float32Array): void;
  /** The output with so many values a place, of the last run: the networks' outputs differ in that number. */
  output(valuesPerPlace: number): Float32Array;
  /** Frees its memory. */
  close(): void;
}

/**
 * @throws LoadGenError `QSL_MTCNN_NETWORK` if the model is not one of an image to float32 values
 */
export async function openMtcnnNetwork(model: Uint8Array, width: number, height: number): Promise<MtcnnNetwork> {
  const opened = await openTfliteModel(resizeInput(model, [1, width, height, CHANNELS]));
  const input = elementAt(opened.inputs, 0);
  return {
    run(image) {
      writeSwapped(image, width, height, input.data());
      opened.invoke();
    },
    output(valuesPerPlace) {
      const found = opened.outputs.find(({ shape }) => shape.at(-1) === valuesPerPlace);
      if (found !== undefined) return found.data();
      const shapes = opened.outputs.map(({ shape }) => `[${shape}]`).join(', ');
      const message = `found outputs of shape ${shapes} in a network of MTCNN, expected one ending in ${valuesPerPlace}`;
      throw new LoadGenError('QSL_MTCNN_NETWORK', message);
    },
    close: () => opened.close(),
  };
}

function writeSwapped(image: Float32Array, width: number, height: number, input: Float32Array): void {
  let source = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const target = (x * height + y) * CHANNELS;
      input[target] = normalise(image[source] ?? 0);
      input[target + 1] = normalise(image[source + 1] ?? 0);
      input[target + 2] = normalise(image[source + 2] ?? 0);
      source += CHANNELS;
    }
  }
}

function normalise(value: number): number {
  return (value - 127.5) / 128;
}
