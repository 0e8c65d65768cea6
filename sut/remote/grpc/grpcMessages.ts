import type protobuf from 'protobufjs';
import { z } from 'zod';
import { imageShape } from '../../inputLayout.js';
import { checkAnswer, checkMessage, type ExpectedAnswer } from '../checkAnswer.js';
import type { ModelDescription, RequestFormat, ServerDescription } from '../connection.js';
import { ServerFailure } from '../serverFailure.js';
import type { SharedPlace } from '../sharedRegion.js';
import { decode, MESSAGES } from './inferenceProto.js';

const texts = z.array(z.string());
const shaped = z.object({ name: z.string(), datatype: z.string(), shape: z.array(z.number()) });
const serverMetadata = z.object({ name: z.string(), version: z.string(), extensions: texts });
const modelMetadata = z.object({
  versions: texts,
  platform: z.string(),
  inputs: z.array(shaped),
  outputs: z.array(shaped),
});
const readiness = z.object({ ready: z.boolean() });
const output = shaped.extend({ contents: z.object({ fp32_contents: z.array(z.number()) }).nullish() });
const answer = z.object({
  model_name: z.string(),
  id: z.string(),
  outputs: z.array(output).max(1000),
  raw_output_contents: z.array(z.instanceof(Uint8Array)),
});

/** @throws ServerFailure if the bytes are something else */
export function readServerMetadata(bytes: Uint8Array): ServerDescription {
  return read(MESSAGES.serverMetadata, serverMetadata, bytes, 'as metadata of the server');
}

/** @throws ServerFailure if the bytes are something else */
export function readModelMetadata(bytes: Uint8Array): ModelDescription {
  return read(MESSAGES.modelMetadata, modelMetadata, bytes, 'as metadata of the model');
}

/** @throws ServerFailure if the bytes are something else */
export function readReadiness(bytes: Uint8Array): boolean {
  return read(MESSAGES.readiness, readiness, bytes, 'whether it is ready').ready;
}

/** A request, but for its images. */
export function inferRequest({ input, output, network, layout }: RequestFormat, id: string, images: number) {
  const shape = [images, ...imageShape(network, layout)];
  return {
    id,
    inputs: [{ name: input, datatype: 'FP32', shape }],
    outputs: output === undefined ? [] : [{ name: output }],
  };
}

/** A whole request for images that lie in shared memory. */
export function sharedRequest(format: RequestFormat, id: string, images: number, place: SharedPlace): object {
  const { inputs, ...others } = inferRequest(format, id, images);
  const parameters = {
    shared_memory_region: { string_param: place.shared_memory_region },
    shared_memory_offset: { int64_param: place.shared_memory_offset },
    shared_memory_byte_size: { int64_param: place.shared_memory_byte_size },
  };
  return { ...others, inputs: inputs.map((tensor) => ({ ...tensor, parameters })) };
}

/**
 * The embeddings in an answer, as little-endian float32.
 *
 * @throws ServerFailure if it answers something else than what was asked
 */
export function embeddingsInMessage(bytes: Uint8Array, expected: ExpectedAnswer): Uint8Array {
  const message = read(MESSAGES.inferResponse, answer, bytes, 'to a request');
  const { model_name: model, id, outputs, raw_output_contents: raw } = message;
  const { output: wanted } = expected.format;
  const index = wanted === undefined && outputs.length === 1 ? 0 : outputs.findIndex(({ name }) => name === wanted);
  const found = outputs[index];
  const contents = () => new Uint8Array(Float32Array.from(found?.contents?.fp32_contents ?? []).buffer);
  const output = found && { ...found, bytes: raw[index] ?? contents() };
  return checkAnswer({ model, id, outputs: outputs.map(({ name }) => name), output }, expected);
}

export function read<Message>(type: protobuf.Type, schema: z.ZodType<Message>, bytes: Uint8Array, as: string): Message {
  let decoded: unknown;
  try {
    decoded = decode(type, bytes);
  } catch (thrown) {
    throw new ServerFailure(`answered ${as} what is no message of the protocol`, { cause: thrown });
  }
  return checkMessage(schema, decoded, as);
}
