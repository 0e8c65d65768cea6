import { bytesField, type ProtobufField, readProtobufFields } from './protobufFields.js';

/** Where a tensor's values lie that are not in the ONNX file itself. */
export interface ExternalTensor {
  readonly name: string;
  /** Of the file, from the folder of the ONNX file. */
  readonly location: string;
  /** In bytes, from the file's start. */
  readonly offset: number;
  /** In bytes; undefined: up to the file's end. */
  readonly length: number | undefined;
}

type Message = 'model' | 'training' | 'graph' | 'node' | 'attribute' | 'sparse' | 'function' | 'tensor';

/** The fields, by number, that hold messages in which there may be tensors; of those that onnx.proto has. */
const CHILDREN: Readonly<Record<Message, Readonly<Partial<Record<number, Message>>>>> = {
  model: { 7: 'graph', 20: 'training', 25: 'function' },
  training: { 1: 'graph', 2: 'graph' },
  graph: { 1: 'node', 5: 'tensor', 15: 'sparse' },
  node: { 5: 'attribute' },
  attribute: { 5: 'tensor', 6: 'graph', 10: 'tensor', 11: 'graph', 22: 'sparse', 23: 'sparse' },
  sparse: { 1: 'tensor', 2: 'tensor' },
  function: { 7: 'node' },
  tensor: {},
};
const TENSOR = { name: 8, rawData: 9, externalData: 13, dataLocation: 14 } as const;
const EXTERNAL = 1;
/** Graphs in attributes of nodes of graphs. */
const MAX_DEPTH = 100;

/** The tensors of an ONNX file whose values lie in other files, by its content. Throws if that is no ONNX file. */
export function externalTensors(content: Uint8Array): ExternalTensor[] {
  const tensors: ExternalTensor[] = [];
  rewrite(content, 'model', 0, (tensor) => {
    tensors.push(tensor);
    return undefined;
  });
  return tensors;
}

/**
 * An ONNX file's content with the values of all its tensors in it, as it would be without other files.
 *
 * @param valuesOf the bytes of such a tensor
 */
export function withValuesInside(content: Uint8Array, valuesOf: (tensor: ExternalTensor) => Uint8Array): Uint8Array {
  return Buffer.concat(rewrite(content, 'model', 0, valuesOf));
}

/** What an encoded message becomes, in parts: all but its external tensors stays as it is, known fields or not. */
function rewrite(
  bytes: Uint8Array,
  message: Message,
  depth: number,
  valuesOf: (tensor: ExternalTensor) => Uint8Array | undefined,
): Uint8Array[] {
  if (depth > MAX_DEPTH) throw new RangeError(`messages lie in each other more than ${MAX_DEPTH} deep`);
  if (message === 'tensor') return rewriteTensor(bytes, valuesOf);
  const parts: Uint8Array[] = [];
  for (const { number, whole, value } of readProtobufFields(bytes)) {
    const child = CHILDREN[message][number];
    if (child === undefined || !(value instanceof Uint8Array)) parts.push(whole);
    else parts.push(...bytesField(number, rewrite(value, child, depth + 1, valuesOf)));
  }
  return parts;
}

function rewriteTensor(bytes: Uint8Array, valuesOf: (tensor: ExternalTensor) => Uint8Array | undefined): Uint8Array[] {
  const fields = [...readProtobufFields(bytes)];
  const isExternal = fields.some(({ number, value }) => number === TENSOR.dataLocation && value === EXTERNAL);
  if (!isExternal) return [bytes];
  const values = valuesOf(externalTensor(fields));
  if (values === undefined) return [bytes];
  const dropped: readonly number[] = [TENSOR.rawData, TENSOR.externalData, TENSOR.dataLocation];
  const kept = fields.filter(({ number }) => !dropped.includes(number)).map(({ whole }) => whole);
  return [...kept, ...bytesField(TENSOR.rawData, [values])];
}

function externalTensor(fields: readonly ProtobufField[]): ExternalTensor {
  const texts = (number: number) =>
    fields.flatMap((field) => (field.number === number && field.value instanceof Uint8Array ? [field.value] : []));
  const entries = new Map(texts(TENSOR.externalData).map(entryOf));
  const [name = ''] = texts(TENSOR.name).map(textOf);
  const location = entries.get('location');
  if (location === undefined) throw new RangeError(`tensor ${name} lies in another file, which is not named`);
  const count = (key: string) => {
    const text = entries.get(key);
    if (text === undefined) return undefined;
    if (!/^\d{1,15}$/.test(text)) throw new RangeError(`tensor ${name} has the ${key} ${text.slice(0, 40)}`);
    return Number(text);
  };
  return { name, location, offset: count('offset') ?? 0, length: count('length') };
}

/** A StringStringEntryProto: field 1 is the key, field 2 the value. */
function entryOf(bytes: Uint8Array): [key: string, value: string] {
  const entry = { 1: '', 2: '' };
  for (const { number, value } of readProtobufFields(bytes)) {
    if ((number === 1 || number === 2) && value instanceof Uint8Array) entry[number] = textOf(value);
  }
  return [entry[1], entry[2]];
}

function textOf(bytes: Uint8Array): string {
  // A copy: the bytes may lie in shared memory, which is not decoded.
  return new TextDecoder('utf-8', { fatal: true }).decode(bytes.slice());
}
