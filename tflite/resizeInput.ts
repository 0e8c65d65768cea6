import { ByteBuffer } from 'flatbuffers';
import { LoadGenError } from '../base/errors.js';
import { checkTfliteIdentifier, damagedTfliteError } from './checkTfliteIdentifier.js';
import { Model } from './generated/model.js';

const NO_INPUT = 'it has no input tensor with a shape';

/**
 * A copy of a TFLite file whose first input has this shape, of the same rank as before. The runtime derives all other
 * shapes from it when the model is opened, so this suits networks that work at any size, such as fully convolutional
 * ones. `name` stands in errors.
 *
 * @throws TFLITE_FORMAT if the file is damaged
 * @throws TFLITE_SHAPE if its first input cannot have this shape
 */
export function resizeInput(bytes: Uint8Array, shape: readonly number[], name = 'the model'): Uint8Array {
  checkTfliteIdentifier(bytes, name);
  if (!shape.every((size) => Number.isInteger(size) && size > 0 && size < 2 ** 31)) {
    throw new LoadGenError('TFLITE_SHAPE', `${name} cannot have the input shape ${shape.join(' x ')}`);
  }
  const copy = bytes.slice();
  const { stored, signature } = firstInputShape(copy, name);
  if (stored.length !== shape.length) {
    throw new LoadGenError(
      'TFLITE_SHAPE',
      `the first input of ${name} is ${stored.join(' x ')}, which cannot become ${shape.join(' x ')}: the rank differs`,
    );
  }
  stored.set(shape);
  if (signature?.length === shape.length) signature.set(shape);
  return copy;
}

/** The shape of the first input, and its shape signature if there is one: views on the file's bytes. */
function firstInputShape(bytes: Uint8Array, name: string): { stored: Int32Array; signature: Int32Array | null } {
  try {
    const network = Model.getRootAsModel(new ByteBuffer(bytes)).subgraphs(0);
    const index = network?.inputs(0);
    const input = typeof index === 'number' ? network?.tensors(index) : undefined;
    const stored = input?.shapeArray();
    if (input && stored) return { stored, signature: input.shapeSignatureArray() };
  } catch (thrown) {
    // Offsets that point out of the file.
    throw damagedTfliteError(name, NO_INPUT, thrown);
  }
  throw damagedTfliteError(name, NO_INPUT);
}
