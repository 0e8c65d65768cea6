import { z } from 'zod';
import { LoadGenError, messageOf } from '../../base/errors.js';
import { decodeJson } from '../../base/text.js';

export interface SafetensorsTensor {
  readonly dtype: string;
  readonly shape: readonly number[];
  /** Little-endian, row-major; a part of the file's bytes. */
  readonly bytes: Uint8Array;
}

const LENGTH_BYTES = 8;
/** Ours is 5 KB. The format's own limit is 100 MB, which no network of this size comes near. */
const MAX_HEADER_BYTES = 1 << 20;
const BYTES_PER_VALUE: Readonly<Record<string, number>> = { BF16: 2, F16: 2, F32: 4, U8: 1 };

const size = z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER);
const headerSchema = z.record(
  z.string(),
  z.strictObject({
    dtype: z.enum(['BF16', 'F16', 'F32', 'U8']),
    shape: z.array(size).max(8),
    data_offsets: z.tuple([size, size]),
  }),
);

/**
 * The tensors of a safetensors file, from its content: the header's length in 8 bytes, a JSON header, then the tensors'
 * data without gaps or overlaps (https://huggingface.co/docs/safetensors). `file` stands in errors.
 *
 * @throws MODEL_SAFETENSORS if the file is damaged
 */
export function parseSafetensors(content: Uint8Array, file: string): Map<string, SafetensorsTensor> {
  const { header, data } = splitHeader(content, file);
  const entries = Object.entries(header).sort(
    // An empty tensor starts where the next one does.
    ([, { data_offsets: a }], [, { data_offsets: b }]) => a[0] - b[0] || a[1] - b[1],
  );
  const tensors = new Map<string, SafetensorsTensor>();
  let expectedStart = 0;
  for (const [name, { dtype, shape, data_offsets }] of entries) {
    const [start, end] = data_offsets;
    if (start !== expectedStart) {
      const fault = start < expectedStart ? 'overlaps the tensor before it' : 'leaves a gap before it';
      throw safetensorsError(
        `${file}: the data of tensor ${name} starts at ${start} and ${fault}, expected ${expectedStart}`,
      );
    }
    const expectedBytes = shape.reduce((product, length) => product * length, BYTES_PER_VALUE[dtype] ?? Number.NaN);
    if (end - start !== expectedBytes) {
      throw safetensorsError(
        `${file}: tensor ${name} has ${end - start} bytes, expected ${expectedBytes} for ${dtype} ${shape.join(' x ')}`,
      );
    }
    if (end > data.length) {
      throw safetensorsError(
        `${file}: the data of tensor ${name} ends at ${end}, but the file has ${data.length} bytes of data`,
      );
    }
    tensors.set(name, { dtype, shape, bytes: data.subarray(start, end) });
    expectedStart = end;
  }
  if (expectedStart !== data.length) {
    throw safetensorsError(`${file} has ${data.length} bytes of data, of which its tensors take ${expectedStart}`);
  }
  return tensors;
}

function splitHeader(content: Uint8Array, file: string): { header: z.infer<typeof headerSchema>; data: Uint8Array } {
  if (content.length < LENGTH_BYTES) {
    throw safetensorsError(
      `${file} has ${content.length} bytes, expected at least the ${LENGTH_BYTES} of the header's length`,
    );
  }
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  const headerBytes = view.getBigUint64(0, true);
  const available = content.length - LENGTH_BYTES;
  if (headerBytes > Math.min(available, MAX_HEADER_BYTES)) {
    throw safetensorsError(
      `${file} announces a header of ${headerBytes} bytes, expected at most ${Math.min(available, MAX_HEADER_BYTES)}`,
    );
  }
  const dataStart = LENGTH_BYTES + Number(headerBytes);
  return { header: parseHeader(content.subarray(LENGTH_BYTES, dataStart), file), data: content.subarray(dataStart) };
}

function parseHeader(headerBytes: Uint8Array, file: string): z.infer<typeof headerSchema> {
  let header: unknown;
  try {
    header = decodeJson(new TextDecoder('utf-8', { fatal: true }).decode(headerBytes), (key, value) =>
      // Free text about the file; leaving it out here keeps it out of the tensors.
      key === '__metadata__' ? undefined : value,
    );
  } catch (thrown) {
    throw safetensorsError(`${file}: the header is not JSON: ${messageOf(thrown)}`, thrown);
  }
  const checked = headerSchema.safeParse(header);
  if (checked.success) return checked.data;
  throw safetensorsError(`${file}: the header is wrong:\n${z.prettifyError(checked.error)}`);
}

function safetensorsError(message: string, cause?: unknown): LoadGenError {
  return new LoadGenError('MODEL_SAFETENSORS', message, {
    hint: 'Is this a whole safetensors file, with float16, bfloat16, float32 or uint8 tensors only? Copy or download it again.',
    cause,
  });
}
