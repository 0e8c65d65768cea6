import { LoadGenError } from '../../base/errors.js';
import type { Precision } from '../engine.js';
import type { OpenVinoSession } from './session.js';

/** The device that computes where nobody chooses. */
export const CPU = 'CPU';

/** What OpenVINO may compute in where the file's values are floating point, the preferred one first: also in an int8 file some are. */
const FLOAT_TYPES: Readonly<Record<Precision, readonly [string, ...string[]]>> = {
  fp32: ['f32'],
  bf16: ['bf16'],
  int8: ['f32', 'f16'],
};
/** What a device calls the types that it computes in. */
const CAPABILITIES: Readonly<Record<string, string>> = { f32: 'FP32', f16: 'FP16', bf16: 'BF16' };

/** What a network is compiled with. */
export function compileProperties(device: string, floatType: string, threads: number): Record<string, string> {
  return {
    PERFORMANCE_HINT: 'LATENCY',
    // Its own choice is bf16 where the processor has it, and float16 on a GPU.
    INFERENCE_PRECISION_HINT: floatType,
    ...(device === CPU
      ? {
          INFERENCE_NUM_THREADS: String(threads),
          NUM_STREAMS: '1',
          // Each of several workers would choose the first core for itself.
          ENABLE_CPU_PINNING: 'NO',
        }
      : {}),
  };
}

/**
 * What a device is to compute in. OpenVINO computes in bf16 also on processors that have no instructions for it, slowly.
 *
 * @throws SUT_PRECISION if the device does not compute so
 */
export function floatTypeOf(session: OpenVinoSession, device: string, precision: Precision): string {
  const capabilities = session.deviceProperty(device, 'OPTIMIZATION_CAPABILITIES').split(/[\s,]+/);
  const found = FLOAT_TYPES[precision].find((type) => capabilities.includes(CAPABILITIES[type] ?? ''));
  const hasInteger = precision !== 'int8' || capabilities.includes('INT8');
  if (found !== undefined && hasInteger) return found;
  throw new LoadGenError(
    'SUT_PRECISION',
    `OpenVINO's ${device} does not compute in ${precision} here, it has ${capabilities.join(', ')}`,
  );
}
