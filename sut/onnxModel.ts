import { operatorTypes } from '../onnx/onnxProto.js';
import { checkModelPrecision } from './checkPrecision.js';
import type { Precision } from './engine.js';
import type { NetworkTensors } from './modelShapes.js';

/** How many images an ONNX model with these tensors takes at a time, N for any number. */
export function batchOf({ inputs }: NetworkTensors): number | 'N' {
  const first = inputs[0]?.shape?.[0];
  return typeof first === 'number' && first > 0 ? first : 'N';
}

/**
 * A file says by its operators whether it computes in 8 bits.
 *
 * @throws MODEL_PRECISION if `precision` is something else
 */
export function checkOnnxPrecision(name: string, content: Uint8Array, precision: Precision): void {
  const quantized = [...operatorTypes(content)].some((type) => /^(QuantizeLinear|QLinear.*|.*Integer)$/.test(type));
  checkModelPrecision(name, quantized ? 'int8' : 'fp32', precision);
}
