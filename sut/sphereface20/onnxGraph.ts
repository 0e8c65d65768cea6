import type { OnnxConstant, OnnxNode } from '../../onnx/writeOnnx.js';
import { tensorOf, type Weights } from './readWeights.js';

/** The nodes and constants of an ONNX graph while it grows. Methods give the name of what they add. */
export class OnnxGraph {
  readonly constants: OnnxConstant[] = [];
  readonly nodes: OnnxNode[] = [];
  readonly #weights: Weights;

  constructor(weights: Weights) {
    this.#weights = weights;
  }

  node(type: string, inputs: readonly string[], output: string, attributes: OnnxNode['attributes'] = {}): string {
    this.nodes.push({ type, inputs, output, attributes });
    return output;
  }

  constant(name: string, shape: readonly number[], values: OnnxConstant['values']): string {
    this.constants.push({ name, shape, values });
    return name;
  }

  /** Constants with the weights and the bias of a layer; `shape` begins with the layer's outputs. */
  weightsAndBias(layer: string, shape: readonly [number, ...number[]]): [string, string] {
    return [
      this.constant(`${layer}.weight`, shape, this.weights(`${layer}.weight`)),
      this.constant(`${layer}.bias`, [shape[0]], this.weights(`${layer}.bias`)),
    ];
  }

  /** The weights of this name. */
  weights(name: string): Float32Array {
    return tensorOf(this.#weights, name);
  }
}
