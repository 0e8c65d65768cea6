import { LoadGenError, messageOf } from '../base/errors.js';
import { type ExternalTensor, externalTensors, withValuesInside } from '../onnx/externalData.js';
import type { EngineModel, ModelFile } from './engine.js';
import { readFilesBeside } from './readModelFile.js';

/** protobuf's messages have no more than 2 GiB. */
const MAX_EXTERNAL_BYTES = 1 << 30;

/**
 * The files in which an ONNX file's tensors lie that are not in the file itself. `content` is that of `file`.
 *
 * @throws ONNX_FORMAT if the file is damaged, or names bytes that the others do not have
 * @throws MODEL_READ, MODEL_FORMAT as `readFilesBeside`
 */
export async function readExternalFiles(content: Uint8Array, file: string): Promise<ModelFile[]> {
  const tensors = onnxOrThrow(file, () => externalTensors(content));
  const files = await readFilesBeside(
    file,
    tensors.map(({ location }) => location),
  );
  const contents = contentsByName(files);
  const bytes = tensors.reduce((sum, tensor) => sum + valuesOf(tensor, contents, file).length, 0);
  if (bytes <= MAX_EXTERNAL_BYTES) return files;
  const message = `the tensors of ${file} have ${bytes} bytes in other files, expected at most ${MAX_EXTERNAL_BYTES}`;
  throw new LoadGenError('MODEL_READ', message);
}

/** The content of a model's ONNX file, with the values in it that lie in the model's other files. */
export function completeOnnxFile({ name, files: [main, ...others] }: EngineModel): Uint8Array {
  if (others.length === 0) return main.content;
  const contents = contentsByName(others);
  return onnxOrThrow(name, () => withValuesInside(main.content, (tensor) => valuesOf(tensor, contents, name)));
}

function contentsByName(files: readonly ModelFile[]): ReadonlyMap<string, Uint8Array> {
  return new Map(files.map(({ name, content }) => [name, content]));
}

function valuesOf(tensor: ExternalTensor, contents: ReadonlyMap<string, Uint8Array>, model: string): Uint8Array {
  const { name, location, offset, length } = tensor;
  const content = contents.get(location) ?? new Uint8Array();
  const end = length === undefined ? content.length : offset + length;
  if (offset <= end && end <= content.length) return content.subarray(offset, end);
  const found = `${model}: found tensor ${name.slice(0, 80)} in bytes ${offset} to ${end} of ${location}`;
  throw new LoadGenError('ONNX_FORMAT', `${found}, expected at most its ${content.length}`, {
    hint: 'Is the file that holds the weights complete, and the one that was written with the model?',
  });
}

function onnxOrThrow<T>(model: string, action: () => T): T {
  try {
    return action();
  } catch (thrown) {
    if (thrown instanceof LoadGenError) throw thrown;
    throw new LoadGenError('ONNX_FORMAT', `${model} is no ONNX file: ${messageOf(thrown)}`, { cause: thrown });
  }
}
