import { z } from 'zod';
import { inputValuesOf } from '../../../base/pairLayout.js';
import { printable } from '../../../base/text.js';
import { imageShape } from '../../inputLayout.js';
import { checkAnswer, type ExpectedAnswer, FLOAT_BYTES, type FoundAnswer } from '../checkAnswer.js';
import type { RequestFormat } from '../connection.js';
import { ServerFailure } from '../serverFailure.js';
import type { SharedPlace } from '../sharedRegion.js';
import { parse } from './restMessages.js';

/** The length of the JSON before binary tensors, in requests and answers. */
export const HEADER_LENGTH = 'inference-header-content-length';

type Numbers = number | readonly Numbers[];

const output = z.object({
  name: z.string(),
  shape: z.array(z.number()),
  datatype: z.string(),
  parameters: z.object({ binary_data_size: z.int().nonnegative().optional() }).nullish(),
  data: z.array(z.unknown()).optional(),
});
const answer = z.object({
  model_name: z.string().nullish(),
  id: z.string().nullish(),
  outputs: z.array(output).max(1000),
});
type Output = z.infer<typeof output>;

/** Makes the JSON that stands before the images in a request with binary tensors. */
export function binaryHeads(format: RequestFormat): (id: string, images: number) => Buffer {
  // All but the identifier is the same in requests of as many images.
  const rests = new Map<number, string>();
  const restOf = (images: number): string => {
    const size = images * inputValuesOf(format.network) * FLOAT_BYTES;
    return JSON.stringify(binaryRequest(format, images, { binary_data_size: size })).slice(1);
  };
  return (id, images) => {
    const rest = rests.get(images) ?? restOf(images);
    rests.set(images, rest);
    return Buffer.from(`{"id":${JSON.stringify(id)},${rest}`);
  };
}

/** A whole request for images that lie in shared memory, which is answered with binary tensors. */
export function sharedRequest(format: RequestFormat, id: string, images: number, place: SharedPlace): string {
  return JSON.stringify({ id, ...binaryRequest(format, images, place) });
}

function binaryRequest(format: RequestFormat, images: number, parameters: object): object {
  const asked =
    format.output === undefined
      ? { parameters: { binary_data_output: true } }
      : { outputs: [{ name: format.output, parameters: { binary_data: true } }] };
  return { inputs: [{ ...inputTensor(format, images), parameters }], ...asked };
}

/** A whole request with tensors in JSON. */
export function jsonRequest(format: RequestFormat, id: string, images: number, parts: readonly Float32Array[]): string {
  const input = { ...inputTensor(format, images), data: parts.flatMap((part) => Array.from(part)) };
  const outputs = format.output === undefined ? {} : { outputs: [{ name: format.output }] };
  return JSON.stringify({ id, inputs: [input], ...outputs });
}

/**
 * The embeddings in an answer, as little-endian float32.
 *
 * @param headerLength that of the JSON; undefined where all is JSON
 * @throws ServerFailure if it answers something else than what was asked
 */
export function embeddingsIn(body: Uint8Array, headerLength: string | undefined, expected: ExpectedAnswer): Uint8Array {
  const jsonBytes = headerLength === undefined ? body.length : Number(headerLength);
  if (!Number.isSafeInteger(jsonBytes) || jsonBytes < 0 || jsonBytes > body.length)
    throw new ServerFailure(
      `says that ${printable(String(headerLength), 40)} of the ${body.length} bytes of its answer are JSON`,
    );
  const text = Buffer.from(body.buffer, body.byteOffset, jsonBytes).toString();
  const { outputs, model_name, id } = parse(answer, text, 'to a request');
  const output = findOutput(outputs, body.subarray(jsonBytes), expected.format.output);
  const names = outputs.map(({ name }) => name);
  return checkAnswer({ model: model_name ?? undefined, id: id ?? undefined, outputs: names, output }, expected);
}

/** The output of this name, or the only one. Binary ones lie one after another. */
function findOutput(outputs: readonly Output[], binary: Uint8Array, name: string | undefined): FoundAnswer['output'] {
  let found: FoundAnswer['output'];
  let start = 0;
  for (const output of outputs) {
    const size = output.parameters?.binary_data_size;
    const end = start + (size ?? 0);
    if (output.name === (name ?? outputs[0]?.name) && (name !== undefined || outputs.length === 1))
      found = { ...output, bytes: size === undefined ? floatBytes(output.data ?? []) : binary.subarray(start, end) };
    start = end;
  }
  if (start === binary.length) return found;
  throw new ServerFailure(`announces ${start} bytes of binary tensors, and sends ${binary.length}`);
}

function inputTensor({ input, network, layout }: RequestFormat, images: number) {
  return { name: input, shape: [images, ...imageShape(network, layout)], datatype: 'FP32' };
}

/** JSON has lists in lists or one list. */
function floatBytes(data: readonly unknown[]): Uint8Array {
  const values = (data as readonly Numbers[]).flat(8) as readonly unknown[];
  const wrong = values.find((value) => typeof value !== 'number');
  if (wrong !== undefined)
    throw new ServerFailure(`answers with a value that is ${wrong === null ? 'null' : typeof wrong}, expected numbers`);
  return new Uint8Array(Float32Array.from(values as readonly number[]).buffer);
}
