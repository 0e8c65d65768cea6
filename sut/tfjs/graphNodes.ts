/** A node of a TensorFlow graph (a NodeDef of graph.proto), as Protocol Buffers' JSON has it: bytes are base64. */
export interface GraphNode {
  readonly name: string;
  readonly op: string;
  readonly input: readonly string[];
  readonly attr: Readonly<Record<string, unknown>>;
}

const FLOAT = { type: 'DT_FLOAT' };
const INT32 = { type: 'DT_INT32' };

export function placeholder(name: string, shape: readonly number[]): GraphNode {
  return { name, op: 'Placeholder', input: [], attr: { dtype: FLOAT, shape: { shape: tensorShape(shape) } } };
}

/** A constant; TensorFlow.js takes its values from the weight of the same name. */
export function constant(name: string, dtype: 'float32' | 'int32', shape: readonly number[]): GraphNode {
  const { type } = dtype === 'float32' ? FLOAT : INT32;
  const value = { tensor: { dtype: type, tensorShape: tensorShape(shape) } };
  return { name, op: 'Const', input: [], attr: { dtype: { type }, value } };
}

export function pad(name: string, input: string, paddings: string): GraphNode {
  return { name, op: 'Pad', input: [input, paddings], attr: { T: FLOAT, Tpaddings: INT32 } };
}

/** A convolution with its bias. */
export function convolution(
  name: string,
  input: string,
  options: {
    readonly filter: string;
    readonly bias: string;
    readonly stride: number;
    readonly padding: 'SAME' | 'VALID';
  },
): GraphNode {
  const { filter, bias, stride, padding } = options;
  return {
    name,
    op: '_FusedConv2D',
    input: [input, filter, bias],
    attr: {
      T: FLOAT,
      num_args: { i: '1' },
      fused_ops: BIAS_ADD,
      strides: { list: { i: ['1', String(stride), String(stride), '1'] } },
      dilations: { list: { i: ['1', '1', '1', '1'] } },
      padding: { s: base64(padding) },
      data_format: { s: base64('NHWC') },
    },
  };
}

/** max(x, 0) + slope * min(x, 0), a slope for each channel. */
export function prelu(name: string, input: string, slopes: string): GraphNode {
  return { name, op: 'Prelu', input: [input, slopes], attr: { T: FLOAT } };
}

export function sum(name: string, one: string, other: string): GraphNode {
  return { name, op: 'AddV2', input: [one, other], attr: { T: FLOAT } };
}

export function reshape(name: string, input: string, shape: string): GraphNode {
  return { name, op: 'Reshape', input: [input, shape], attr: { T: FLOAT, Tshape: INT32 } };
}

/** input x matrix + bias. */
export function matrixProduct(name: string, input: string, matrix: string, bias: string): GraphNode {
  return {
    name,
    op: '_FusedMatMul',
    input: [input, matrix, bias],
    attr: {
      T: FLOAT,
      num_args: { i: '1' },
      fused_ops: BIAS_ADD,
      transpose_a: { b: false },
      transpose_b: { b: false },
    },
  };
}

export function identity(name: string, input: string): GraphNode {
  return { name, op: 'Identity', input: [input], attr: { T: FLOAT } };
}

export function tensorShape(shape: readonly number[]): object {
  return { dim: shape.map((size) => ({ size: String(size) })) };
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

const BIAS_ADD = { list: { s: [base64('BiasAdd')] } };
