import { ATTRIBUTE_TYPE, DATA_TYPE, ModelProto } from './onnxProto.js';

/** A network as ONNX sees it: values with names, and the nodes that compute some from others, in order of execution. */
export interface OnnxGraph {
  readonly name: string;
  readonly description: string;
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
  readonly constants: readonly OnnxConstant[];
  readonly nodes: readonly OnnxNode[];
}

/** A float32 tensor that is fed or given out. */
export interface OnnxValue {
  readonly name: string;
  /** A size with a name is free: `['batch', 512]`. Runtimes derive shapes of outputs that are left out. */
  readonly shape?: readonly (number | string)[];
}

export interface OnnxConstant {
  readonly name: string;
  /** Empty for a scalar. */
  readonly shape: readonly number[];
  readonly values: Float32Array | Int32Array | Int8Array | Uint8Array;
}

export interface OnnxNode {
  /** An operator of ONNX's own set: `Conv`, ... */
  readonly type: string;
  /** Names of values, in the operator's order. */
  readonly inputs: readonly string[];
  /** Named like its only output. */
  readonly output: string;
  /** Whole numbers, one or a list as the operator wants it. */
  readonly attributes?: Readonly<Record<string, number | readonly number[]>>;
}

/** Of ONNX 1.8: what runtimes since 2021 read. Of the operators used, later sets change nothing that is used. */
const OPERATOR_SET_VERSION = 13;
/** The file format's version that belongs to that operator set. */
const IR_VERSION = 7;

/** The content of an .onnx file. */
export function writeOnnx(graph: OnnxGraph): Uint8Array {
  return ModelProto.encode({
    irVersion: IR_VERSION,
    opsetImport: [{ domain: '', version: OPERATOR_SET_VERSION }],
    producerName: 'sphereface-loadgen',
    docString: graph.description,
    graph: {
      name: graph.name,
      node: graph.nodes.map(nodeMessage),
      initializer: graph.constants.map(tensorMessage),
      input: graph.inputs.map(valueMessage),
      output: graph.outputs.map(valueMessage),
    },
  }).finish();
}

function nodeMessage({ type, inputs, output, attributes = {} }: OnnxNode): object {
  return {
    name: output,
    opType: type,
    input: inputs,
    output: [output],
    attribute: Object.entries(attributes).map(([name, value]) =>
      typeof value === 'number'
        ? { name, i: value, type: ATTRIBUTE_TYPE.INT }
        : { name, ints: value, type: ATTRIBUTE_TYPE.INTS },
    ),
  };
}

function tensorMessage({ name, shape, values }: OnnxConstant): object {
  return {
    name,
    dims: shape,
    dataType: dataTypeOf(values),
    // The bytes where they lie: they are copied once, into the file. The format wants them little-endian.
    rawData: new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
  };
}

function valueMessage({ name, shape }: OnnxValue): object {
  const dim = shape?.map((size) => (typeof size === 'number' ? { dimValue: size } : { dimParam: size }));
  return { name, type: { tensorType: { elemType: DATA_TYPE.FLOAT, ...(dim && { shape: { dim } }) } } };
}

function dataTypeOf(values: OnnxConstant['values']): number | undefined {
  if (values instanceof Float32Array) return DATA_TYPE.FLOAT;
  if (values instanceof Int32Array) return DATA_TYPE.INT32;
  return values instanceof Int8Array ? DATA_TYPE.INT8 : DATA_TYPE.UINT8;
}
