import { readTflite } from '../tflite/readTflite.js';
import { checkModelPrecision } from './checkPrecision.js';
import type { EngineModel, Precision } from './engine.js';

const TYPES_OF_8_BITS = ['INT8', 'UINT8'];

/**
 * A file says by its tensors whether it computes in 8 bits.
 *
 * @throws MODEL_PRECISION if `precision` is something else
 * @throws TFLITE_FORMAT if the file is damaged
 */
export function checkTflitePrecision({ name, files }: EngineModel, precision: Precision): void {
  const { tensors } = readTflite(files[0].content, name);
  checkModelPrecision(name, tensors.some(({ type }) => TYPES_OF_8_BITS.includes(type)) ? 'int8' : 'fp32', precision);
}
