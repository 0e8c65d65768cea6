import type { LabelledPair } from '../../../runs/jsonFormats.js';

/** A response whose features begin with these values and are 0 after them. */
export function response(featureA: readonly number[], featureB: readonly number[]): Buffer {
  const buffer = Buffer.alloc(8192);
  for (const [index, value] of featureA.entries()) buffer.writeFloatLE(value, 4 * index);
  for (const [index, value] of featureB.entries()) buffer.writeFloatLE(value, 4096 + 4 * index);
  return buffer;
}

/** A response whose features are `angle` x pi apart. */
export function responseAtAngle(angle: number): Buffer {
  return response([1], [Math.cos(angle * Math.PI), Math.sin(angle * Math.PI)]);
}

/** In the official layout; the index of a response is its sample's. */
export function accuracyLogText(responses: readonly Buffer[]): string {
  const entries = responses.map(
    (data, index) => `{ "seq_id" : ${index}, "qsl_idx" : ${index}, "data" : "${data.toString('hex').toUpperCase()}" }`,
  );
  return `[\n${entries.join(',\n')}\n]\n`;
}

export function labelledPair(same: boolean, set = 1, name = 'Somebody'): LabelledPair {
  return { same, set, nameA: `${name} A`, nameB: `${name} B` };
}
