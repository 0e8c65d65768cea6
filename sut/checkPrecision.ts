import { LoadGenError } from '../base/errors.js';
import type { EngineModule, Precision } from './engine.js';

/**
 * The precision to use: `wanted`, or the first that the engine has.
 *
 * @throws SUT_PRECISION if it does not compute so
 */
export function checkedPrecision(name: string, precisions: EngineModule['precisions'], wanted?: Precision): Precision {
  if (wanted === undefined) return precisions[0];
  if (precisions.includes(wanted)) return wanted;
  throw new LoadGenError('SUT_PRECISION', `${name} does not compute in ${wanted}, expected ${precisions.join(' or ')}`);
}

/**
 * Floating point an engine may round as it is told to; 8 bits are in the model's file, or they are not.
 *
 * @param found what the file computes in
 * @throws MODEL_PRECISION if that is not `wanted`
 */
export function checkModelPrecision(modelName: string, found: 'fp32' | 'int8', wanted: Precision): void {
  if ((found === 'int8') === (wanted === 'int8')) return;
  throw new LoadGenError('MODEL_PRECISION', `${modelName} computes in ${found}, expected ${wanted}`, {
    hint: `Choose the precision ${found}, or give the weights as a .safetensors file.`,
  });
}
