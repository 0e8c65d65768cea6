import { inputValuesOf, type NetworkShape } from '../base/pairLayout.js';
import type { Engine, InputLayout } from './engine.js';

export const INPUT_LAYOUTS: readonly InputLayout[] = ['NHWC', 'NCHW'];

/** The shape of one image. */
export function imageShape({ inputHeight, inputWidth, inputChannels }: NetworkShape, layout: InputLayout): number[] {
  return layout === 'NHWC' ? [inputHeight, inputWidth, inputChannels] : [inputChannels, inputHeight, inputWidth];
}

/** Copies images, which lie as samples have them, into a layout. */
export function copyImages(from: Float32Array, to: Float32Array, network: NetworkShape, layout: InputLayout): void {
  if (layout === 'NHWC') to.set(from);
  else putChannelsFirst(from, to, network);
}

/** An engine whose model takes images in this layout as one that takes them as samples have them. */
export function adaptLayout(engine: Engine, network: NetworkShape, layout: InputLayout): Engine {
  if (layout === 'NHWC') return engine;
  let images = new Float32Array();
  return {
    ...engine,
    inputLayout: layout,
    infer(inputs, outputs) {
      if (images.length < inputs.length) images = new Float32Array(inputs.length);
      putChannelsFirst(inputs, images, network);
      return engine.infer(images.subarray(0, inputs.length), outputs);
    },
  };
}

function putChannelsFirst(from: Float32Array, to: Float32Array, network: NetworkShape): void {
  const { inputChannels } = network;
  const values = inputValuesOf(network);
  const places = values / inputChannels;
  for (let image = 0; image + values <= from.length; image += values) {
    for (let place = 0; place < places; place++) {
      for (let channel = 0; channel < inputChannels; channel++) {
        to[image + channel * places + place] = from[image + place * inputChannels + channel] ?? 0;
      }
    }
  }
}
