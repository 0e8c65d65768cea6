import type { z } from 'zod';
import { printable, schemaFaults } from '../../base/text.js';
import type { RequestFormat, TensorDescription } from './connection.js';
import { ServerFailure } from './serverFailure.js';

export const FLOAT_BYTES = Float32Array.BYTES_PER_ELEMENT;

/** What an answer holds, whatever the protocol. */
export interface FoundAnswer {
  /** Undefined or empty where the server does not say. */
  readonly model: string | undefined;
  readonly id: string | undefined;
  /** The names of all outputs. */
  readonly outputs: readonly string[];
  /** The one that was asked for. */
  readonly output: (TensorDescription & { readonly bytes: Uint8Array }) | undefined;
}

export interface ExpectedAnswer {
  readonly format: RequestFormat;
  readonly model: string;
  readonly id: string;
  readonly images: number;
}

/**
 * The bytes of the output that was asked for.
 *
 * @throws ServerFailure if the answer is of another request, model or shape
 */
export function checkAnswer(found: FoundAnswer, { format, model, id, images }: ExpectedAnswer): Uint8Array {
  if (found.model !== undefined && found.model !== '' && found.model !== model)
    throw new ServerFailure(`answers with the output of "${printable(found.model, 80)}", expected "${model}"`);
  if (found.id !== undefined && found.id !== '' && found.id !== id)
    throw new ServerFailure(`answers request "${printable(found.id, 80)}", expected "${id}"`);
  const { output } = found;
  if (output === undefined) {
    const names = found.outputs.map((name) => printable(name, 80)).join(', ') || 'none';
    throw new ServerFailure(`answers with the outputs ${names}, expected ${format.output ?? 'one'}`);
  }
  const { embeddingValues } = format.network;
  const { datatype, shape, bytes } = output;
  const isAsExpected = datatype === 'FP32' && sizeOf(shape) === images * embeddingValues && shape[0] === images;
  if (!isAsExpected)
    throw new ServerFailure(
      `answers with ${printable(datatype, 80)} of shape ${shapeText(shape)}, expected FP32 of shape ${shapeText([images, embeddingValues])}`,
    );
  const expectedBytes = images * embeddingValues * FLOAT_BYTES;
  if (bytes.length !== expectedBytes)
    throw new ServerFailure(`answers with ${bytes.length} bytes of output, expected ${expectedBytes}`);
  return bytes;
}

/**
 * @param as what the message is read as: "as statistics"
 * @throws ServerFailure if it is something else
 */
export function checkMessage<Message>(schema: z.ZodType<Message>, found: unknown, as: string): Message {
  const { data, error } = schema.safeParse(found);
  if (error === undefined) return data;
  const faults = printable(schemaFaults(error, 'all').join('; '));
  throw new ServerFailure(`answered ${as} what is not as expected: ${faults}`);
}

export function shapeText(shape: readonly number[]): string {
  return printable(`[${shape.join(', ')}]`, 80);
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}
