import { ByteBuffer } from 'flatbuffers';
import { LoadGenError, messageOf } from '../base/errors.js';
import { checkTfliteIdentifier, damagedTfliteError } from './checkTfliteIdentifier.js';
import { AddOptions } from './generated/add-options.js';
import { BuiltinOperator } from './generated/builtin-operator.js';
import { BuiltinOptions } from './generated/builtin-options.js';
import { Conv2DOptions } from './generated/conv2-doptions.js';
import { FullyConnectedOptions } from './generated/fully-connected-options.js';
import { Model } from './generated/model.js';
import { MulOptions } from './generated/mul-options.js';
import type { Operator } from './generated/operator.js';
import { Padding } from './generated/padding.js';
import type { SubGraph } from './generated/sub-graph.js';

/** The graph of a TFLite file. All numbers in it are as the file has them: indices may point nowhere. */
export interface ReadGraph {
  readonly tensors: readonly ReadTensor[];
  /** In the order of execution. */
  readonly operators: readonly ReadOperator[];
  /** Indices into `tensors`, as all tensor references. */
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
}

export interface ReadTensor {
  readonly name: string;
  readonly shape: readonly number[];
  /** As `shape`, with -1 for any size; empty if the file has none. */
  readonly shapeSignature: readonly number[];
  /** `FLOAT32`, or `type 99` for one that this list lacks. */
  readonly type: string;
  /** Of a constant: its values, a part of the file's bytes. */
  readonly bytes: Uint8Array | undefined;
}

export interface ReadOperator {
  readonly index: number;
  /** `CONV_2D`, or `operator 25` for one that we do not use. */
  readonly type: string;
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  readonly options: ReadOptions;
}

/** What an operator has of these; numbers as the format has them. */
export interface ReadOptions {
  readonly fusedActivation?: number;
  readonly padding?: string;
  readonly strides?: readonly [height: number, width: number];
  readonly dilations?: readonly [height: number, width: number];
  readonly weightsFormat?: number;
}

const MAX_ITEMS = 10_000;
const MAX_RANK = 8;
const MAX_OPERANDS = 1000;
/** By their numbers in the format. */
const TYPES = 'FLOAT32 FLOAT16 INT32 UINT8 INT64 STRING BOOL INT16 COMPLEX64 INT8 FLOAT64'.split(' ');

/**
 * Reads the first graph of a TFLite file from its content. `file` stands in errors.
 *
 * @throws TFLITE_FORMAT if the file is damaged
 */
export function readTflite(content: Uint8Array, file: string): ReadGraph {
  checkTfliteIdentifier(content, file);
  try {
    return readGraph(content, file);
  } catch (thrown) {
    if (thrown instanceof LoadGenError) throw thrown;
    throw damagedTfliteError(file, messageOf(thrown), thrown);
  }
}

function readGraph(content: Uint8Array, file: string): ReadGraph {
  const model = Model.getRootAsModel(new ByteBuffer(content));
  const graph = model.subgraphsLength() > 0 ? model.subgraphs(0) : null;
  if (graph === null) throw damagedTfliteError(file, 'it has no graph');
  const list = <T>(what: string, length: number, most: number, item: (index: number) => T): T[] => {
    if (length < 0 || length > most) throw damagedTfliteError(file, `${what} are ${length}, expected at most ${most}`);
    return Array.from({ length }, (_, index) => item(index));
  };
  const numbers = (what: string, length: number, most: number, item: (index: number) => number | null): number[] =>
    list(what, length, most, (index) => item(index) ?? -1);

  return {
    tensors: list('its tensors', graph.tensorsLength(), MAX_ITEMS, (index) => {
      const tensor = graph.tensors(index);
      if (tensor === null) throw damagedTfliteError(file, `tensor ${index} is missing`);
      const sizes = `the sizes of tensor ${index}`;
      const type: number = tensor.type();
      return {
        name: tensor.name() ?? '',
        shape: numbers(sizes, tensor.shapeLength(), MAX_RANK, (i) => tensor.shape(i)),
        shapeSignature: numbers(sizes, tensor.shapeSignatureLength(), MAX_RANK, (i) => tensor.shapeSignature(i)),
        type: TYPES[type] ?? `type ${type}`,
        bytes: constantBytes(model, tensor.buffer(), content, file),
      };
    }),
    operators: list('its operators', graph.operatorsLength(), MAX_ITEMS, (index) => {
      const operator = operatorAt(graph, index, file);
      const type = operatorType(model, operator.opcodeIndex());
      const operands = `the tensors of operator ${index} (${type})`;
      return {
        index,
        type,
        inputs: numbers(operands, operator.inputsLength(), MAX_OPERANDS, (i) => operator.inputs(i)),
        outputs: numbers(operands, operator.outputsLength(), MAX_OPERANDS, (i) => operator.outputs(i)),
        options: optionsOf(operator, type),
      };
    }),
    inputs: numbers('its inputs', graph.inputsLength(), MAX_OPERANDS, (i) => graph.inputs(i)),
    outputs: numbers('its outputs', graph.outputsLength(), MAX_OPERANDS, (i) => graph.outputs(i)),
  };
}

function operatorAt(graph: SubGraph, index: number, file: string): Operator {
  const operator = graph.operators(index);
  if (operator === null) throw damagedTfliteError(file, `operator ${index} is missing`);
  return operator;
}

function operatorType(model: Model, codeIndex: number): string {
  const code = codeIndex < model.operatorCodesLength() ? model.operatorCodes(codeIndex) : null;
  // Files from before `builtin_code` have the other one only.
  const builtin: number = Math.max(code?.builtinCode() ?? -1, code?.deprecatedBuiltinCode() ?? -1);
  return BuiltinOperator[builtin] ?? `operator ${builtin}`;
}

function constantBytes(model: Model, index: number, content: Uint8Array, file: string): Uint8Array | undefined {
  const buffer = index < model.buffersLength() ? model.buffers(index) : null;
  const length = buffer?.dataLength() ?? 0;
  if (buffer === null || length === 0) return undefined;
  const bytes = length > 0 && length <= content.length ? buffer.dataArray() : null;
  const start = (bytes?.byteOffset ?? -1) - content.byteOffset;
  if (bytes === null || start < 0 || start + length > content.length) {
    throw damagedTfliteError(
      file,
      `buffer ${index} has ${length} bytes, which lie outside the file's ${content.length}`,
    );
  }
  return bytes;
}

function optionsOf(operator: Operator, type: string): ReadOptions {
  switch (type) {
    case 'CONV_2D': {
      const options = filled(operator, BuiltinOptions.Conv2DOptions, new Conv2DOptions());
      if (options === undefined) return {};
      return {
        fusedActivation: options.fusedActivationFunction(),
        padding: Padding[options.padding()] ?? `padding ${options.padding()}`,
        strides: [options.strideH(), options.strideW()],
        dilations: [options.dilationHFactor(), options.dilationWFactor()],
      };
    }
    case 'FULLY_CONNECTED': {
      const options = filled(operator, BuiltinOptions.FullyConnectedOptions, new FullyConnectedOptions());
      if (options === undefined) return {};
      return { fusedActivation: options.fusedActivationFunction(), weightsFormat: options.weightsFormat() };
    }
    case 'ADD':
      return activationOf(filled(operator, BuiltinOptions.AddOptions, new AddOptions()));
    case 'MUL':
      return activationOf(filled(operator, BuiltinOptions.MulOptions, new MulOptions()));
    default:
      return {};
  }
}

function filled<Options>(operator: Operator, type: BuiltinOptions, options: Options): Options | undefined {
  if (operator.builtinOptionsType() !== type || operator.builtinOptions(options) === null) return undefined;
  return options;
}

function activationOf(options: AddOptions | MulOptions | undefined): ReadOptions {
  return options === undefined ? {} : { fusedActivation: options.fusedActivationFunction() };
}
