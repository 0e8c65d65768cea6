import { LoadGenError } from '../../base/errors.js';
import { float16ToFloat32 } from './float16.js';
import { type Layer, weightShapes } from './network.js';
import { parseSafetensors, type SafetensorsTensor } from './safetensors.js';

/** A network's weights by tensor name, as float32. */
export type Weights = ReadonlyMap<string, Float32Array>;

/**
 * The weights of `network` from the content of a safetensors file: exactly its tensors, each float16 or float32 and of
 * its shape, without a NaN or infinity. `file` stands in errors: `MODEL_SAFETENSORS` and `MODEL_WEIGHTS`.
 */
export function readWeights(content: Uint8Array, file: string, network: readonly Layer[]): Weights {
  const tensors = parseSafetensors(content, file);
  const expected = weightShapes(network);
  const expectedNames = new Set(expected.map(({ name }) => name));
  const missing = expected.filter(({ name }) => !tensors.has(name)).map(({ name }) => name);
  const unknown = [...tensors.keys()].filter((name) => !expectedNames.has(name));
  if (missing.length > 0 || unknown.length > 0) {
    throw wrong(
      `${file} does not hold the weights of this network: missing ${listed(missing)}; not of the network ${listed(unknown)}`,
    );
  }
  const weights = new Map<string, Float32Array>();
  for (const { name, shape } of expected) {
    const tensor = tensors.get(name);
    if (tensor !== undefined) weights.set(name, valuesOf(tensor, name, shape, file));
  }
  return weights;
}

function valuesOf(tensor: SafetensorsTensor, name: string, shape: readonly number[], file: string): Float32Array {
  if (tensor.shape.join() !== shape.join()) {
    throw wrong(`${file}: tensor ${name} is ${tensor.shape.join(' x ') || 'a scalar'}, expected ${shape.join(' x ')}`);
  }
  // Copied, because tensors may start at any byte, and typed arrays at multiples of their element's size only.
  const { buffer } = new Uint8Array(tensor.bytes);
  const values = decode(tensor.dtype, buffer);
  if (values === undefined) throw wrong(`${file}: tensor ${name} is ${tensor.dtype}, expected F16 or F32`);
  const position = values.findIndex((value) => !Number.isFinite(value));
  if (position >= 0) {
    throw wrong(`${file}: value ${position} of tensor ${name} is ${values[position]}, expected a finite number`);
  }
  return values;
}

function decode(dtype: string, buffer: ArrayBuffer): Float32Array | undefined {
  if (dtype === 'F32') return new Float32Array(buffer);
  if (dtype === 'F16') return float16ToFloat32(new Uint16Array(buffer));
  return undefined;
}

function listed(names: readonly string[]): string {
  if (names.length === 0) return 'none';
  const shown = names.slice(0, 5).join(', ');
  return names.length > 5 ? `${shown} and ${names.length - 5} more` : shown;
}

function wrong(message: string): LoadGenError {
  return new LoadGenError('MODEL_WEIGHTS', message, {
    hint: 'Expected are the tensors of Sphereface-20 as PyTorch names them: conv1_1.weight, conv1_1.bias, relu1_1.weight, ..., fc5.weight, fc5.bias.',
  });
}
