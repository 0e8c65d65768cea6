import { inputValuesOf } from '../../base/pairLayout.js';
import { copyImages } from '../inputLayout.js';
import type { RequestFormat, RequestSlot } from './connection.js';

/** A slot for images as samples have them, of a model that takes them with the channels first. */
export function channelsFirstSlot(slot: RequestSlot, { network, maxImages }: RequestFormat): RequestSlot {
  const transposed = new Float32Array(maxImages * inputValuesOf(network));
  return {
    send(parts, images) {
      let values = 0;
      for (const part of parts) {
        copyImages(part, transposed.subarray(values), network, 'NCHW');
        values += part.length;
      }
      return slot.send([transposed.subarray(0, values)], images);
    },
  };
}
