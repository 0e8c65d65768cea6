import { LoadGenError } from '../../base/errors.js';
import { decodeFloats } from './decodeFloats.js';
import { type Layer, weightShapes } from './network.js';
import { parseSafetensors, type SafetensorsTensor } from './safetensors.js';

/** A network's weights by tensor name, as float32. */
export type Weights = ReadonlyMap<string, Float32Array>;

/** @throws MODEL_WEIGHTS if there is no tensor of this name */
export function tensorOf(weights: Weights, name: string): Float32Array {
  const values = weights.get(name);
  if (values === undefined) throw new LoadGenError('MODEL_WEIGHTS', `the weights have no tensor ${name}`);
  return values;
}

/** A tensor of some file, not yet read. */
export interface WeightTensor {
  readonly shape: readonly number[];
  /** Its values, row-major; as many as its shape says. */
  read(): Float32Array;
}

/**
 * The weights of `network` from the content of a safetensors file: exactly its tensors, each float16, bfloat16 or float32
 * and of its shape, without a NaN or infinity. `file` stands in errors.
 *
 * @throws MODEL_SAFETENSORS if the file is damaged
 * @throws MODEL_WEIGHTS if it does not hold exactly these tensors
 */
export function readWeights(content: Uint8Array, file: string, network: readonly Layer[]): Weights {
  return checkWeights(safetensorsWeights(content, file), file, network);
}

/** The tensors of a safetensors file as weights; reading one of integers throws `MODEL_WEIGHTS`. */
export function safetensorsWeights(content: Uint8Array, file: string): ReadonlyMap<string, WeightTensor> {
  const tensors = [...parseSafetensors(content, file)];
  return new Map(
    tensors.map(([name, tensor]) => [name, { shape: tensor.shape, read: () => valuesOf(tensor, name, file) }]),
  );
}

/** The values of `tensors`, which have to be exactly those of `network`. `file` stands in errors, `MODEL_WEIGHTS`. */
export function checkWeights(
  tensors: ReadonlyMap<string, WeightTensor>,
  file: string,
  network: readonly Layer[],
): Weights {
  const expected = weightShapes(network);
  const expectedNames = new Set(expected.map(({ name }) => name));
  const missing = expected.filter(({ name }) => !tensors.has(name)).map(({ name }) => name);
  const unknown = [...tensors.keys()].filter((name) => !expectedNames.has(name));
  if (missing.length > 0 || unknown.length > 0) {
    throw weightsError(
      `${file} does not hold the weights of this network: missing ${listed(missing)}; not of the network ${listed(unknown)}`,
    );
  }
  const weights = new Map<string, Float32Array>();
  for (const { name, shape } of expected) {
    const tensor = tensors.get(name);
    if (tensor !== undefined) weights.set(name, checkedValues(tensor, name, shape, file));
  }
  return weights;
}

function checkedValues(tensor: WeightTensor, name: string, shape: readonly number[], file: string): Float32Array {
  if (tensor.shape.join() !== shape.join()) {
    throw weightsError(
      `${file}: tensor ${name} is ${tensor.shape.join(' x ') || 'a scalar'}, expected ${shape.join(' x ')}`,
    );
  }
  const values = tensor.read();
  if (!areFinite(values)) {
    const position = values.findIndex((value) => !Number.isFinite(value));
    throw weightsError(`${file}: value ${position} of tensor ${name} is ${values[position]}, expected a finite number`);
  }
  return values;
}

/** Several times faster than a question for each of millions: zero times what is not finite is no number. */
function areFinite(values: Float32Array): boolean {
  let zero = 0;
  for (let i = 0; i < values.length; i++) zero += 0 * (values[i] ?? 0);
  return zero === 0;
}

function valuesOf({ dtype, bytes }: SafetensorsTensor, name: string, file: string): Float32Array {
  if (dtype === 'F32' || dtype === 'F16' || dtype === 'BF16') return decodeFloats(dtype, bytes);
  throw weightsError(`${file}: tensor ${name} is ${dtype}, expected F16, BF16 or F32`);
}

function listed(names: readonly string[]): string {
  if (names.length === 0) return 'none';
  const shown = names
    .slice(0, 5)
    .map((name) => (name.length > 80 ? `${name.slice(0, 80)}…` : name))
    .join(', ');
  return names.length > 5 ? `${shown} and ${names.length - 5} more` : shown;
}

function weightsError(message: string): LoadGenError {
  return new LoadGenError('MODEL_WEIGHTS', message, {
    hint: 'Expected are the tensors of Sphereface-20 as PyTorch names them: conv1_1.weight, conv1_1.bias, relu1_1.weight, ..., fc5.weight, fc5.bias.',
  });
}
