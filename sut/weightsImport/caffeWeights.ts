import { LoadGenError, messageOf } from '../../base/errors.js';
import { type ProtobufField, packedVarints, protobufFields } from '../../onnx/protobufFields.js';
import { decodeFloats } from '../sphereface20/decodeFloats.js';
import { type Layer, weightShapes } from '../sphereface20/network.js';
import type { WeightTensor } from '../sphereface20/readWeights.js';
import { importError, quoted, type SourceWeights } from './sourceWeights.js';

/** Where things are in the two forms of a layer: `layer` (LayerParameter) and the older `layers` (V1LayerParameter). */
const LAYER_FORMS = new Map([
  [100, { name: 1, blobs: 7 }],
  [2, { name: 4, blobs: 6 }],
]);
/** Of BlobProto. The first four are the older form of a shape. */
const BLOB = { sides: [1, 2, 3, 4], data: 5, shape: 7, doubles: 8 };
const SHAPE_SIZES = 1;

interface CaffeLayer {
  readonly name: string;
  readonly blobs: readonly Uint8Array[];
}

/**
 * The blobs of a .caffemodel (https://github.com/BVLC/caffe/blob/master/src/caffe/proto/caffe.proto) as weights: layers
 * have the names of `network`'s, with weights first and the bias second. Caffe orders images as channel, height, width,
 * as PyTorch does, so nothing is permuted. Without a bias a layer has zeros.
 *
 * @throws MODEL_IMPORT if the file is damaged or has layers of another network
 */
export function readCaffeWeights(content: Uint8Array, file: string, network: readonly Layer[]): SourceWeights {
  try {
    return weightsOf(layersOf(content, file), file, network);
  } catch (thrown) {
    if (thrown instanceof LoadGenError) throw thrown;
    throw importError(file, `it is no whole .caffemodel: ${messageOf(thrown)}`);
  }
}

function weightsOf(layers: readonly CaffeLayer[], file: string, network: readonly Layer[]): SourceWeights {
  const shapes = new Map(weightShapes(network).map(({ name, shape }) => [name, shape]));
  const known = new Set(network.map(({ name }) => name));
  const tensors = new Map<string, WeightTensor>();
  const notices: string[] = [];
  for (const layer of layers.filter(({ blobs }) => blobs.length > 0)) {
    const { name } = layer;
    if (name === 'fc6') {
      notices.push('fc6, the classifier used in training, is left out');
      continue;
    }
    if (!known.has(name)) throw importError(file, `layer ${quoted(name)} has weights, but is not of this network`);
    if (tensors.has(`${name}.weight`)) throw importError(file, `layer ${quoted(name)} is there twice`);
    for (const [tensor, weights] of layerTensors(layer, shapes, file)) tensors.set(tensor, weights);
    if (shapes.has(`${name}.bias`) && layer.blobs.length === 1) notices.push(`${name} has no bias: zeros`);
  }
  return { tensors, notices };
}

function layerTensors(
  { name, blobs }: CaffeLayer,
  shapes: ReadonlyMap<string, readonly number[]>,
  file: string,
): [string, WeightTensor][] {
  const names = [`${name}.weight`, `${name}.bias`].filter((tensor) => shapes.has(tensor));
  if (blobs.length > names.length) {
    throw importError(file, `layer ${name} has ${blobs.length} blobs, expected ${names.length}`);
  }
  return names.map((tensor, i) => {
    const blob = blobs[i];
    const shape = shapes.get(tensor) ?? [];
    if (blob !== undefined) return [tensor, blobTensor(blob, tensor, shape, file)];
    return [tensor, { shape, read: () => new Float32Array(shape[0] ?? 0) }];
  });
}

function layersOf(content: Uint8Array, file: string): CaffeLayer[] {
  const layers = protobufFields(content).flatMap(({ number, value }) => {
    const form = LAYER_FORMS.get(number);
    if (form === undefined || !(value instanceof Uint8Array)) return [];
    const fields = protobufFields(value);
    const name = fields.find((field) => field.number === form.name)?.value;
    return [
      {
        name: name instanceof Uint8Array ? new TextDecoder().decode(name) : '',
        blobs: fields.filter((field) => field.number === form.blobs).map((field) => bytesOf(field)),
      },
    ];
  });
  if (layers.length === 0) throw importError(file, 'it has no layers, expected those of a .caffemodel');
  return layers;
}

function blobTensor(blob: Uint8Array, name: string, expected: readonly number[], file: string): WeightTensor {
  const fields = protobufFields(blob);
  const shape = blobShape(fields);
  const data = fields.filter(({ number }) => number === BLOB.data);
  const [values] = data;
  if (values === undefined || data.length > 1) {
    const doubles = fields.some(({ number }) => number === BLOB.doubles);
    const found = doubles ? 'float64 values' : `${data.length} lists of values`;
    throw importError(file, `the blob of ${name} has ${found}, expected one packed list of float32`);
  }
  const bytes = bytesOf(values);
  const count = shape.reduce((product, length) => product * length, 1);
  if (bytes.length !== 4 * count) {
    throw importError(
      file,
      `the blob of ${name} is ${shape.join(' x ')} and has ${bytes.length} bytes, expected ${4 * count}`,
    );
  }
  // Older files fill a shape up to four sizes with ones in front.
  const sameShape = withoutLeadingOnes(shape).join() === withoutLeadingOnes(expected).join();
  return { shape: sameShape ? expected : shape, read: () => decodeFloats('F32', bytes) };
}

function blobShape(fields: readonly ProtobufField[]): number[] {
  const shape = fields.find(({ number }) => number === BLOB.shape);
  if (shape === undefined) {
    return BLOB.sides.map((side) => {
      const value = fields.find(({ number }) => number === side)?.value;
      return typeof value === 'number' ? value : 0;
    });
  }
  return protobufFields(bytesOf(shape))
    .filter(({ number }) => number === SHAPE_SIZES)
    .flatMap(({ value }) => (value instanceof Uint8Array ? packedVarints(value) : [Number(value)]));
}

function bytesOf({ number, value }: ProtobufField): Uint8Array {
  if (value instanceof Uint8Array) return value;
  throw new Error(`field ${number} of a message has no length`);
}

function withoutLeadingOnes(shape: readonly number[]): readonly number[] {
  const first = shape.findIndex((length) => length !== 1);
  return first < 0 ? [1] : shape.slice(first);
}
