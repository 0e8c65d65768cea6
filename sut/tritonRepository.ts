import { basename, extname } from 'node:path';
import type { ModelFile, ModelFiles } from './engine.js';
import { onnxInfo } from './modelInfo/onnxInfo.js';
import { MAX_REMOTE_BATCH } from './remote/remotePlacement.js';

/**
 * An ONNX model of float32 tensors as a model repository, the folder that Triton serves: `NAME/config.pbtxt` and
 * `NAME/1/model.onnx`. Of a model for any number of images, Triton computes those of several requests at a time
 * (https://docs.nvidia.com/deeplearning/triton-inference-server, "Model Configuration").
 */
export function tritonRepository({ name: fileName, content }: ModelFile): ModelFiles {
  const name = basename(fileName, extname(fileName));
  const { inputs, outputs } = onnxInfo(content, fileName);
  const isForAnyNumber = inputs.every(({ shape }) => shape?.[0] === -1);
  const tensor = (found: (typeof inputs)[number]) => {
    // That of images is added by max_batch_size.
    const sizes = isForAnyNumber ? found.shape?.slice(1) : found.shape;
    return `  { name: "${found.name}", data_type: TYPE_FP32, dims: [ ${sizes?.join(', ')} ] }`;
  };
  const config = [
    ...[`name: "${name}"`, 'backend: "onnxruntime"', `max_batch_size: ${isForAnyNumber ? MAX_REMOTE_BATCH : 0}`],
    ...['input [', inputs.map(tensor).join(',\n'), ']'],
    ...['output [', outputs.map(tensor).join(',\n'), ']'],
    ...(isForAnyNumber ? ['dynamic_batching { }'] : []),
  ];
  return [
    { name: `${name}/config.pbtxt`, content: Buffer.from(`${config.join('\n')}\n`) },
    { name: `${name}/1/model.onnx`, content },
  ];
}
