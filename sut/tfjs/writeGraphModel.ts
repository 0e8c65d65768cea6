import { concatBytes } from '../../base/arrays.js';
import type { ModelFiles } from '../engine.js';
import { type GraphNode, tensorShape } from './graphNodes.js';

export interface Weight {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: 'float32' | 'int32';
  /** Little-endian. */
  readonly bytes: Uint8Array;
}

interface GraphModel {
  readonly nodes: readonly GraphNode[];
  /** The values of the graph's constants. */
  readonly weights: readonly Weight[];
  /** Nodes of the graph, both float32; -1 stands for any size. */
  readonly input: NamedShape;
  readonly output: NamedShape;
}

interface NamedShape {
  readonly name: string;
  readonly shape: readonly number[];
}

/** The name that TensorFlow's own converter gives. */
const WEIGHTS_FILE = 'group1-shard1of1.bin';
/** The version of TensorFlow's graphs that the nodes are of (TF_GRAPH_DEF_VERSION of TensorFlow 2.9). */
const GRAPH_VERSION = 1087;

/** A TensorFlow.js graph model: `model.json`, and a file with all weights one after another. */
export function writeGraphModel({ nodes, weights, input, output }: GraphModel): ModelFiles {
  const modelJson = {
    format: 'graph-model',
    generatedBy: 'sphereface-loadgen',
    convertedBy: null,
    signature: {
      inputs: { [input.name]: tensorInfo(input) },
      outputs: { [output.name]: tensorInfo(output) },
    },
    modelTopology: { node: nodes, library: {}, versions: { producer: GRAPH_VERSION } },
    weightsManifest: [
      { paths: [WEIGHTS_FILE], weights: weights.map(({ name, shape, dtype }) => ({ name, shape, dtype })) },
    ],
  };
  return [
    { name: 'model.json', content: new TextEncoder().encode(JSON.stringify(modelJson)) },
    { name: WEIGHTS_FILE, content: concatBytes(weights.map(({ bytes }) => bytes)) },
  ];
}

export function float32Bytes(values: Float32Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

export function int32Bytes(values: readonly number[]): Uint8Array {
  return new Uint8Array(Int32Array.from(values).buffer);
}

function tensorInfo({ name, shape }: NamedShape): object {
  return { name: `${name}:0`, dtype: 'DT_FLOAT', tensorShape: tensorShape(shape) };
}
