import type * as Runtime from 'onnxruntime-node';
import { inputValuesOf, type NetworkShape } from '../../base/pairLayout.js';
import type { InputLayout } from '../engine.js';
import { decodeFloat16, encodeFloat16 } from '../float16.js';
import { imageShape } from '../inputLayout.js';

/** The types that a model may take images in and give embeddings in. */
export const FLOAT_TYPES = ['float32', 'float16'] as const;
export type FloatType = (typeof FLOAT_TYPES)[number];

export interface ModelTensors {
  readonly layout: InputLayout;
  readonly inputType: FloatType;
  readonly outputType: FloatType;
}

/** Memory for so many images, kept from one inference to the next: a query's may be shared, this is not. */
export interface BatchTensors {
  readonly images: number;
  readonly input: Runtime.Tensor;
  readonly output: Runtime.Tensor;
  /** Puts images in from the first one on. */
  putInputs(values: Float32Array): void;
  /** Takes out as many embeddings, from the first one on, as there is room for. */
  takeOutputs(values: Float32Array): void;
}

export function createBatchTensors(
  { Tensor }: Pick<typeof Runtime, 'Tensor'>,
  network: NetworkShape,
  { layout, inputType, outputType }: ModelTensors,
  images: number,
): BatchTensors {
  // Where JavaScript has Float16Array (Node.js 24 and later), the class shows 16-bit floats as one, which ONNX Runtime's
  // native part then takes for empty; as a Uint16Array it reads and fills them.
  const createTensor = (type: FloatType, memory: Float32Array | Uint16Array, dims: readonly number[]) =>
    Object.defineProperty(new Tensor(type, memory, dims), 'data', { value: memory });
  const inputs = floatsOf(inputType, images * inputValuesOf(network));
  const outputs = floatsOf(outputType, images * network.embeddingValues);
  return {
    images,
    input: createTensor(inputType, inputs.memory, [images, ...imageShape(network, layout)]),
    output: createTensor(outputType, outputs.memory, [images, network.embeddingValues]),
    putInputs: inputs.put,
    takeOutputs: outputs.take,
  };
}

interface Floats {
  readonly memory: Float32Array | Uint16Array;
  put(values: Float32Array): void;
  take(values: Float32Array): void;
}

function floatsOf(type: FloatType, count: number): Floats {
  if (type === 'float32') {
    const memory = new Float32Array(count);
    return {
      memory,
      put: (values) => memory.set(values),
      take: (values) => values.set(memory.subarray(0, values.length)),
    };
  }
  const memory = new Uint16Array(count);
  return {
    memory,
    put: (values) => encodeFloat16(values, memory),
    take: (values) => decodeFloat16(memory.subarray(0, values.length), values),
  };
}
