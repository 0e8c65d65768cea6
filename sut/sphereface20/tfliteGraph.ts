import type { GraphOperator, GraphTensor } from '../../tflite/writeTflite.js';
import { tensorOf, type Weights } from './readWeights.js';
import { transpose } from './transpose.js';

/** The image at some point of the network: its tensor and its size. */
export interface Activation {
  readonly tensor: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  /** The layer that it is the output of, by which its range is known. */
  readonly layer: string;
}

/** The tensors and operators of a TFLite graph while it grows. */
export class TfliteGraph {
  readonly tensors: GraphTensor[] = [];
  readonly operators: GraphOperator[] = [];
  readonly #weights: Weights;
  readonly #batchSize: number;
  #paddings: number | undefined;

  constructor(weights: Weights, batchSize: number) {
    this.#weights = weights;
    this.#batchSize = batchSize;
  }

  /** The index of a new tensor. */
  add(tensor: GraphTensor): number {
    return this.tensors.push(tensor) - 1;
  }

  /** An image that is fed or computed. */
  image(
    name: string,
    { height, width, channels }: Pick<Activation, 'height' | 'width' | 'channels'>,
    { layer = name, quantization }: { layer?: string } & Pick<GraphTensor, 'quantization'> = {},
  ): Activation {
    const shape = [this.#batchSize, height, width, channels];
    return { tensor: this.add({ name, shape, quantization }), height, width, channels, layer };
  }

  /** The network's output. */
  embeddings(name: string, values: number): Activation {
    const tensor = this.add({ name, shape: [this.#batchSize, values] });
    return { tensor, height: 1, width: 1, channels: values, layer: name };
  }

  /** One row or column of zeros on every side of an image. */
  padded(image: Activation, name: string): Activation {
    this.#paddings ??= this.add({ name: 'paddings', shape: [4, 2], values: Int32Array.of(0, 0, 1, 1, 1, 1, 0, 0) });
    const { quantization } = this.tensors[image.tensor] ?? {};
    const size = { ...image, height: image.height + 2, width: image.width + 2 };
    const output = this.image(name, size, { layer: image.layer, quantization });
    this.operators.push({ type: 'PAD', inputs: [image.tensor, this.#paddings], outputs: [output.tensor] });
    return output;
  }

  /** A layer's weights as PyTorch has them. */
  weights(name: string): Float32Array {
    return tensorOf(this.#weights, name);
  }

  constantWeights(name: string, shape: readonly number[], arrange = (values: Float32Array) => values): number {
    return this.add({ name, shape, values: arrange(this.weights(name)) });
  }
}

/** From (rows, channels, area) to (rows, area, channels). */
export function channelsLast(values: Float32Array, rows: number, channels: number, area: number): Float32Array {
  return transpose(values, [rows, channels, area], [0, 2, 1]);
}
