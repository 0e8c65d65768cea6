interface NamedTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

const LENGTH_BYTES = 8;

/** The content of a safetensors file with these tensors in float32, and `metadata` as its free text. */
export function writeSafetensors(
  tensors: readonly NamedTensor[],
  metadata: Readonly<Record<string, string>>,
): Uint8Array {
  const header: Record<string, unknown> = { __metadata__: metadata };
  let dataBytes = 0;
  for (const { name, shape, values } of tensors) {
    header[name] = { dtype: 'F32', shape, data_offsets: [dataBytes, dataBytes + values.byteLength] };
    dataBytes += values.byteLength;
  }
  const headerBytes = paddedHeader(header);
  const content = new Uint8Array(LENGTH_BYTES + headerBytes.length + dataBytes);
  new DataView(content.buffer).setBigUint64(0, BigInt(headerBytes.length), true);
  content.set(headerBytes, LENGTH_BYTES);
  let position = LENGTH_BYTES + headerBytes.length;
  for (const { values } of tensors) {
    content.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), position);
    position += values.byteLength;
  }
  return content;
}

/** With spaces at its end, so that the data begins at a multiple of 8. */
function paddedHeader(header: unknown): Uint8Array {
  const text = new TextEncoder().encode(JSON.stringify(header));
  const padded = new Uint8Array(Math.ceil(text.length / 8) * 8).fill(' '.charCodeAt(0));
  padded.set(text);
  return padded;
}
