import { Builder, type Offset } from 'flatbuffers';
import { ActivationFunctionType } from './generated/activation-function-type.js';
import { AddOptions } from './generated/add-options.js';
import { Buffer } from './generated/buffer.js';
import { BuiltinOperator } from './generated/builtin-operator.js';
import { BuiltinOptions } from './generated/builtin-options.js';
import { Conv2DOptions } from './generated/conv2-doptions.js';
import { FullyConnectedOptions } from './generated/fully-connected-options.js';
import { Model } from './generated/model.js';
import { MulOptions } from './generated/mul-options.js';
import { Operator } from './generated/operator.js';
import { OperatorCode } from './generated/operator-code.js';
import { PadOptions } from './generated/pad-options.js';
import { Padding } from './generated/padding.js';
import { QuantizationParameters } from './generated/quantization-parameters.js';
import { SubGraph } from './generated/sub-graph.js';
import { Tensor } from './generated/tensor.js';
import { TensorType } from './generated/tensor-type.js';

/** A network as TFLite sees it: tensors, and the operators that compute some from others, in the order of execution. */
export interface TfliteGraph {
  readonly description: string;
  readonly tensors: readonly GraphTensor[];
  readonly operators: readonly GraphOperator[];
  /** Indices into `tensors`, as all tensor references. */
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
}

export interface GraphTensor {
  readonly name: string;
  readonly shape: readonly number[];
  /** The values of a constant, 16 bits being those of float16; tensors that are fed or computed have none. */
  readonly values?: Float32Array | Int32Array | Uint16Array | Int8Array;
  /** What numbers stand for, of constants and of tensors that are computed: those are then int8, else float32. */
  readonly quantization?: TensorQuantization | undefined;
}

/** A value is its scale times the difference of a number and the zero point. */
export interface TensorQuantization {
  /** One for all values, or one for each index of the first dimension. */
  readonly scales: Float32Array;
  readonly zeroPoint: number;
}

/** Inputs as TFLite orders them; those of a convolution: image, weights (out, height, width, in), bias. */
export type GraphOperator = {
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  /** Of the operator's definition, by what it is used for; 1 if left out. */
  readonly version?: number;
} & (
  | { readonly type: 'CONV_2D'; readonly padding: 'SAME' | 'VALID'; readonly stride: number }
  | { readonly type: 'ADD' | 'FULLY_CONNECTED' | 'MUL' | 'PAD' | PlainOperator }
);

/** Without options of interest. */
type PlainOperator = 'DEQUANTIZE' | 'NEG' | 'PRELU' | 'QUANTIZE' | 'RELU' | 'RESHAPE' | 'TRANSPOSE';

const SCHEMA_VERSION = 3;
/** Of constants, so that the runtime may read them with vector instructions where they lie. */
const ALIGNMENT_BYTES = 16;

/** The content of a .tflite file. */
export function writeTflite(graph: TfliteGraph): Uint8Array {
  const constantBytes = graph.tensors.reduce((total, tensor) => total + bytesOf(tensor), 0);
  // Enough for all, so that the builder never has to grow, which copies everything.
  const builder = new Builder(constantBytes + 4096 + 512 * (graph.tensors.length + graph.operators.length));

  const buffers = [Buffer.createBuffer(builder, 0)];
  const tensors = graph.tensors.map((tensor) => {
    const bufferIndex = tensor.values === undefined ? 0 : buffers.push(writeConstant(builder, tensor.values)) - 1;
    return writeTensor(builder, tensor, bufferIndex);
  });
  const codes = new Map<string, readonly [type: GraphOperator['type'], version: number]>();
  for (const { type, version = 1 } of graph.operators) codes.set(codeOf({ type, version }), [type, version]);
  const places = [...codes.keys()];
  const operators = graph.operators.map((operator) =>
    writeOperator(builder, operator, places.indexOf(codeOf(operator))),
  );
  const subGraph = SubGraph.createSubGraph(
    builder,
    SubGraph.createTensorsVector(builder, tensors),
    SubGraph.createInputsVector(builder, [...graph.inputs]),
    SubGraph.createOutputsVector(builder, [...graph.outputs]),
    SubGraph.createOperatorsVector(builder, operators),
    builder.createString('main'),
  );
  const operatorCodes = [...codes.values()].map(([type, version]) => {
    const code = BuiltinOperator[type];
    return OperatorCode.createOperatorCode(builder, code, version, code);
  });
  const model = Model.createModel(
    builder,
    SCHEMA_VERSION,
    Model.createOperatorCodesVector(builder, operatorCodes),
    Model.createSubgraphsVector(builder, [subGraph]),
    builder.createString(graph.description),
    Model.createBuffersVector(builder, buffers),
  );
  Model.finishModelBuffer(builder, model);
  return builder.asUint8Array();
}

function writeConstant(builder: Builder, values: NonNullable<GraphTensor['values']>): Offset {
  builder.prep(ALIGNMENT_BYTES, values.byteLength);
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  return Buffer.createBuffer(builder, builder.createByteVector(bytes));
}

function writeTensor(builder: Builder, tensor: GraphTensor, bufferIndex: number): Offset {
  const { name, shape, quantization } = tensor;
  const nameOffset = builder.createString(name);
  const shapeOffset = Tensor.createShapeVector(builder, [...shape]);
  const quantizationOffset = quantization === undefined ? 0 : writeQuantization(builder, quantization);
  Tensor.startTensor(builder);
  Tensor.addShape(builder, shapeOffset);
  Tensor.addType(builder, tensorType(tensor));
  Tensor.addBuffer(builder, bufferIndex);
  Tensor.addName(builder, nameOffset);
  Tensor.addQuantization(builder, quantizationOffset);
  return Tensor.endTensor(builder);
}

function writeOperator(builder: Builder, operator: GraphOperator, operatorCodeIndex: number): Offset {
  const [optionsType, options] = writeOptions(builder, operator);
  return Operator.createOperator(
    builder,
    operatorCodeIndex,
    Operator.createInputsVector(builder, [...operator.inputs]),
    Operator.createOutputsVector(builder, [...operator.outputs]),
    optionsType,
    options,
  );
}

function writeOptions(builder: Builder, operator: GraphOperator): [BuiltinOptions, Offset] {
  switch (operator.type) {
    case 'CONV_2D': {
      const { padding, stride } = operator;
      return [
        BuiltinOptions.Conv2DOptions,
        Conv2DOptions.createConv2DOptions(builder, Padding[padding], stride, stride, ActivationFunctionType.NONE, 1, 1),
      ];
    }
    case 'ADD':
      return [BuiltinOptions.AddOptions, AddOptions.createAddOptions(builder, ActivationFunctionType.NONE)];
    case 'FULLY_CONNECTED':
      return [
        BuiltinOptions.FullyConnectedOptions,
        FullyConnectedOptions.createFullyConnectedOptions(builder, ActivationFunctionType.NONE, 0),
      ];
    case 'MUL':
      return [BuiltinOptions.MulOptions, MulOptions.createMulOptions(builder, ActivationFunctionType.NONE)];
    case 'PAD':
      return [BuiltinOptions.PadOptions, PadOptions.createPadOptions(builder)];
    default:
      return [BuiltinOptions.NONE, 0];
  }
}

function tensorType({ values, quantization }: GraphTensor): TensorType {
  if (values instanceof Int32Array) return TensorType.INT32;
  if (values instanceof Uint16Array) return TensorType.FLOAT16;
  return quantization === undefined ? TensorType.FLOAT32 : TensorType.INT8;
}

function writeQuantization(builder: Builder, { scales, zeroPoint }: TensorQuantization): Offset {
  const scale = QuantizationParameters.createScaleVector(builder, scales);
  const zeroPoints = Array.from(scales, () => BigInt(zeroPoint));
  const zeroPointsOffset = QuantizationParameters.createZeroPointVector(builder, zeroPoints);
  QuantizationParameters.startQuantizationParameters(builder);
  QuantizationParameters.addScale(builder, scale);
  QuantizationParameters.addZeroPoint(builder, zeroPointsOffset);
  return QuantizationParameters.endQuantizationParameters(builder);
}

function codeOf({ type, version = 1 }: Pick<GraphOperator, 'type' | 'version'>): string {
  return `${type} ${version}`;
}

/** A scale takes 4 bytes, a zero point 8. */
function bytesOf({ values, quantization }: GraphTensor): number {
  return (values?.byteLength ?? 0) + 12 * (quantization?.scales.length ?? 0);
}
