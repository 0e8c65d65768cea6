import { damagedTfliteError } from '../../tflite/checkTfliteIdentifier.js';
import { readTflite } from '../../tflite/readTflite.js';
import { counted, type NetworkInfo, type TensorInfo, valuesIn } from './networkInfo.js';

/** @throws TFLITE_FORMAT if the file is damaged */
export function tfliteInfo(content: Uint8Array, file: string): NetworkInfo {
  const { tensors, operators, inputs, outputs } = readTflite(content, file);
  const tensorInfo = (index: number): TensorInfo => {
    const tensor = tensors[index];
    if (tensor === undefined) throw damagedTfliteError(file, `tensor ${index} is missing`);
    const { name, shape, shapeSignature, type } = tensor;
    return { name, shape: shapeSignature.length > 0 ? shapeSignature : shape, type: type.toLowerCase() };
  };
  return {
    inputs: inputs.map(tensorInfo),
    outputs: outputs.map(tensorInfo),
    operators: counted(operators.map(({ type }) => type)),
    parameters: valuesIn(tensors.filter(({ bytes }) => bytes !== undefined).map(({ shape }) => shape)),
  };
}
