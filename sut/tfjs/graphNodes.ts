/** A node of a TensorFlow graph (a NodeDef of graph.proto), as Protocol Buffers' JSON has it: bytes are base64. */
export interface GraphNode {
  readonly name: string;
  readonly op: string;
  readonly input: readonly string[];
  readonly attr: Readonly<Record<string, unknown>>;
}

export const FLOAT = { type: 'DT_FLOAT' };
export const INT32 = { type: 'DT_INT32' };

/** A constant; TensorFlow.js takes its values from the weight of the same name. */
export function constant(name: string, dtype: 'float32' | 'int32', shape: readonly number[]): GraphNode {
  const { type } = dtype === 'float32' ? FLOAT : INT32;
  const value = { tensor: { dtype: type, tensorShape: tensorShape(shape) } };
  return { name, op: 'Const', input: [], attr: { dtype: { type }, value } };
}

/** What makes a fused operation add a bias, its third input. */
export function biasAttributes(): GraphNode['attr'] {
  return { T: FLOAT, num_args: { i: '1' }, fused_ops: { list: { s: [btoa('BiasAdd')] } } };
}

export function convolutionAttributes(stride: number, padding: 'SAME' | 'VALID'): GraphNode['attr'] {
  return {
    ...biasAttributes(),
    strides: { list: { i: ['1', String(stride), String(stride), '1'] } },
    dilations: { list: { i: ['1', '1', '1', '1'] } },
    padding: { s: btoa(padding) },
    data_format: { s: btoa('NHWC') },
  };
}

export function tensorShape(shape: readonly number[]): object {
  return { dim: shape.map((size) => ({ size: String(size) })) };
}
