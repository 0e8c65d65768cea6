import { z } from 'zod';
import { inputValuesOf, type NetworkShape } from '../base/pairLayout.js';
import { decodeJson, printable } from '../base/text.js';
import { RequestFault } from '../platform/node/httpServer.js';
import { checkedImages, checkedRequest, MAX_IMAGES } from './servedTensors.js';

/** A float32 in JSON, and for what stands around tensors. */
const JSON_VALUE_BYTES = 24;
const MESSAGE_BYTES = 64 * 1024;

const input = z.object({
  name: z.string(),
  shape: z.array(z.number()),
  datatype: z.string(),
  parameters: z.object({ binary_data_size: z.number().optional() }).optional(),
  data: z.array(z.unknown()).optional(),
});
const output = z.object({ name: z.string(), parameters: z.object({ binary_data: z.boolean().optional() }).optional() });
const request = z.object({
  id: z.string().max(1000).optional(),
  parameters: z.object({ binary_data_output: z.boolean().optional() }).optional(),
  inputs: z.tuple([input]),
  outputs: z.array(output).max(1000).optional(),
});

/** What a request asks for. */
export interface InferRequest {
  readonly id: string | undefined;
  readonly images: number;
  /** As little-endian float32. */
  readonly inputs: Uint8Array;
  readonly wantsBinary: boolean;
}

/** No request of a server has more bytes. */
export function maxRequestBytes(network: NetworkShape): number {
  return MESSAGE_BYTES + MAX_IMAGES * inputValuesOf(network) * JSON_VALUE_BYTES;
}

/**
 * @param headerLength that of the JSON before binary tensors; undefined where all is JSON
 * @throws RequestFault with what was found and what is expected
 */
export function readRequest(body: Uint8Array, headerLength: string | undefined, network: NetworkShape): InferRequest {
  const jsonBytes = headerLength === undefined ? body.length : Number(headerLength);
  if (!Number.isSafeInteger(jsonBytes) || jsonBytes < 0 || jsonBytes > body.length)
    throw new RequestFault(`found a header of ${printable(String(headerLength), 40)} bytes in ${body.length}`);
  const { id, parameters, inputs, outputs } = parse(Buffer.from(body.buffer, body.byteOffset, jsonBytes).toString());
  const [tensor] = inputs;
  const binarySize = tensor.parameters?.binary_data_size;
  const values = binarySize === undefined ? floatBytes(tensor.data ?? []) : body.subarray(jsonBytes);
  const images = checkedImages(tensor, values.length, outputs ?? [], network);
  if (binarySize !== undefined && binarySize !== values.length)
    throw new RequestFault(`found ${values.length} bytes of input, expected ${binarySize}, as the header says`);
  const ofOutput = outputs?.[0]?.parameters?.binary_data;
  return { id, images, inputs: values, wantsBinary: ofOutput ?? parameters?.binary_data_output ?? false };
}

function parse(text: string): z.infer<typeof request> {
  let json: unknown;
  try {
    json = decodeJson(text);
  } catch {
    throw new RequestFault('found what is not JSON, expected an inference request');
  }
  return checkedRequest(request, json);
}

function floatBytes(data: readonly unknown[]): Uint8Array {
  const values = (data as readonly (readonly unknown[])[]).flat(4) as readonly unknown[];
  const isNumbers = values.every((value): value is number => typeof value === 'number');
  if (!isNumbers) throw new RequestFault('found a value that is no number in the data of the input');
  return new Uint8Array(Float32Array.from(values as readonly number[]).buffer);
}
