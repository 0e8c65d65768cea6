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
