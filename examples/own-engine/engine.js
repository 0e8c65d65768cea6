// An engine of one's own: a toy whose "embedding" of a face is its image, averaged over a coarse grid. Run it with
//   npx loadgen run --quick --sut ./engine.js --unverified
// without which it is refused: its embeddings are not those of the network.

import { defineEngine } from 'sphereface-loadgen/sut';

const VERSION = '1.0.0';

export default defineEngine({
  interfaceVersion: 1,
  kind: 'engine',
  name: 'average-pooling',
  // The toy has no use for a model; an engine names the formats it loads, the preferred one first.
  formats: ['safetensors'],
  precisions: ['fp32'],

  async checkUsable() {
    // Throw here what keeps the engine from running on this machine, such as a library that is not installed.
  },

  async createEngine({ network }, { precision }) {
    const { inputHeight, inputWidth, inputChannels, embeddingValues } = network;
    const imageValues = inputHeight * inputWidth * inputChannels;
    return {
      name: 'average-pooling',
      version: VERSION,
      precision,
      threads: 1,
      instructionSet: 'JavaScript',

      infer(inputs, outputs) {
        const images = inputs.length / imageValues;
        if (!Number.isInteger(images) || outputs.length < images * embeddingValues) {
          throw new RangeError(`${inputs.length} inputs and ${outputs.length} outputs do not fit together`);
        }
        for (let image = 0; image < images; image++) {
          const pixels = inputs.subarray(image * imageValues, (image + 1) * imageValues);
          averagePool(pixels, outputs.subarray(image * embeddingValues, (image + 1) * embeddingValues));
        }
      },

      close() {},
    };
  },
});

/**
 * Splits the pixels into as many stretches as there are outputs; each output is the average of one.
 *
 * @param {Float32Array} pixels
 * @param {Float32Array} averages
 */
function averagePool(pixels, averages) {
  const stretch = pixels.length / averages.length;
  for (let i = 0; i < averages.length; i++) {
    const part = pixels.subarray(Math.floor(i * stretch), Math.floor((i + 1) * stretch));
    averages[i] = part.reduce((sum, value) => sum + value, 0) / part.length;
  }
}
