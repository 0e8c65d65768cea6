import protobuf from 'protobufjs';

export interface ProtobufField {
  readonly number: number;
  /** The field as it is encoded, with its tag. */
  readonly whole: Uint8Array;
  /** A view on the message for what has a length, else the value of a varint; undefined for fixed 4 or 8 bytes. */
  readonly value: Uint8Array | number | undefined;
}

/** Of one message: so that many empty fields in many messages cannot take memory without end. */
const MAX_FIELDS = 1000;
const VARINT = 0;
const LENGTH_DELIMITED = 2;

/**
 * The fields of a protobuf message, in the file's order, without looking into any of them. For big files of which
 * little is wanted: decoding by a schema would copy all.
 *
 * @throws Error if the message is damaged
 */
export function* readProtobufFields(message: Uint8Array): Generator<ProtobufField> {
  const reader = protobuf.Reader.create(message);
  while (reader.pos < reader.len) {
    const start = reader.pos;
    const tag = reader.uint32();
    const value = readValue(reader, tag & 7);
    yield { number: tag >>> 3, value, whole: message.subarray(start, reader.pos) };
  }
}

/**
 * As `readProtobufFields`, of a message that has few.
 *
 * @throws Error if the message is damaged or has more than 1,000 fields
 */
export function protobufFields(message: Uint8Array): ProtobufField[] {
  const fields: ProtobufField[] = [];
  for (const field of readProtobufFields(message)) {
    if (fields.push(field) > MAX_FIELDS) throw new Error(`a message has more than ${MAX_FIELDS} fields`);
  }
  return fields;
}

/** A field that holds these bytes, in parts. */
export function bytesField(number: number, parts: readonly Uint8Array[]): Uint8Array[] {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const head = protobuf.Writer.create()
    .uint32(((number << 3) | LENGTH_DELIMITED) >>> 0)
    .uint32(length)
    .finish();
  return [head, ...parts];
}

/** The varints that a packed field holds. Larger ones than 2^53 lose their last digits. */
export function packedVarints(packed: Uint8Array): number[] {
  const reader = protobuf.Reader.create(packed);
  const values: number[] = [];
  while (reader.pos < reader.len) {
    if (values.length === MAX_FIELDS) throw new Error(`a list has more than ${MAX_FIELDS} numbers`);
    values.push(Number(reader.uint64()));
  }
  return values;
}

function readValue(reader: protobuf.Reader, wireType: number): ProtobufField['value'] {
  if (wireType === VARINT) return Number(reader.uint64());
  if (wireType === LENGTH_DELIMITED) return reader.bytes();
  reader.skipType(wireType);
  return undefined;
}
