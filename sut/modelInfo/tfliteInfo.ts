import { ByteBuffer } from 'flatbuffers';
import { LoadGenError, messageOf } from '../../base/errors.js';
import { checkTfliteIdentifier, damagedTfliteError } from '../../tflite/checkTfliteIdentifier.js';
import { BuiltinOperator } from '../../tflite/generated/builtin-operator.js';
import { Model } from '../../tflite/generated/model.js';
import type { SubGraph } from '../../tflite/generated/sub-graph.js';
import type { Tensor } from '../../tflite/generated/tensor.js';
import { counted, type NetworkInfo, type TensorInfo, valuesIn } from './networkInfo.js';

/** By their numbers in the format. */
const TYPES = 'float32 float16 int32 uint8 int64 string bool int16 complex64 int8 float64'.split(' ');

/** Of the first subgraph, which is the network. Operators that we do not use go by their numbers. Throws `TFLITE_FORMAT`. */
export function tfliteInfo(content: Uint8Array, file: string): NetworkInfo {
  checkTfliteIdentifier(content, file);
  try {
    return networkInfo(content, file);
  } catch (thrown) {
    if (thrown instanceof LoadGenError) throw thrown;
    // Offsets that point out of the file.
    throw damagedTfliteError(file, messageOf(thrown), thrown);
  }
}

function networkInfo(content: Uint8Array, file: string): NetworkInfo {
  const model = Model.getRootAsModel(new ByteBuffer(content));
  const network = model.subgraphs(0);
  if (network === null) throw damagedTfliteError(file, 'it has no network');
  // A vector takes at least four bytes for each element: beyond that, its length is no length.
  const indices = (length: number) => {
    if (length * 4 > content.length) throw damagedTfliteError(file, `it announces a list of ${length}`);
    return Array.from({ length }, (_, index) => index);
  };
  const tensorAt = (index: number | null) => {
    const tensor = index === null ? null : network.tensors(index);
    if (tensor === null) throw damagedTfliteError(file, `tensor ${index} is missing`);
    return tensor;
  };
  const constants = indices(network.tensorsLength())
    .map(tensorAt)
    .filter((tensor) => isConstant(model, tensor));
  return {
    inputs: indices(network.inputsLength()).map((i) => tensorInfo(tensorAt(network.inputs(i)))),
    outputs: indices(network.outputsLength()).map((i) => tensorInfo(tensorAt(network.outputs(i)))),
    operators: counted(indices(network.operatorsLength()).map((i) => operatorName(model, network, i))),
    parameters: valuesIn(constants.map((tensor) => tensor.shapeArray() ?? []).map((shape) => [...shape])),
  };
}

function isConstant(model: Model, tensor: Tensor): boolean {
  return (model.buffers(tensor.buffer())?.dataLength() ?? 0) > 0;
}

function tensorInfo(tensor: Tensor): TensorInfo {
  const shape = tensor.shapeSignatureArray() ?? tensor.shapeArray() ?? undefined;
  const type: number = tensor.type();
  return { name: tensor.name() ?? '', shape: shape && [...shape], type: TYPES[type] ?? `type ${type}` };
}

function operatorName(model: Model, network: SubGraph, index: number): string {
  const code = model.operatorCodes(network.operators(index)?.opcodeIndex() ?? 0);
  // Files from before `builtin_code` have the other one only.
  const builtin: number = Math.max(code?.builtinCode() ?? 0, code?.deprecatedBuiltinCode() ?? 0);
  return BuiltinOperator[builtin] ?? `operator ${builtin}`;
}
