import { LoadGenError } from '../../base/errors.js';
import type { EngineOptions, Precision } from '../engine.js';
import type { OpenVinoSession } from './session.js';

/** What OpenVINO computes in where the file's values are floating point; also in an int8 file some are. */
const FLOAT_TYPES: Readonly<Record<Precision, string>> = { fp32: 'f32', bf16: 'bf16', int8: 'f32' };

interface Wanted extends Pick<EngineOptions, 'precision' | 'threads'> {
  readonly device: string;
}

/** What a network is compiled with. */
export function compileProperties({ device, precision, threads }: Wanted): Record<string, string> {
  return {
    PERFORMANCE_HINT: 'LATENCY',
    // Its own choice is bf16 where the processor has it.
    INFERENCE_PRECISION_HINT: FLOAT_TYPES[precision],
    ...(device === 'CPU'
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
 * OpenVINO computes in bf16 also on processors that have no instructions for it, slowly.
 *
 * @throws SUT_PRECISION if the device does not compute so
 */
export function checkDevicePrecision(session: OpenVinoSession, device: string, precision: Precision): void {
  const capabilities = session.deviceProperty(device, 'OPTIMIZATION_CAPABILITIES').split(/[\s,]+/);
  if (precision !== 'bf16' || capabilities.includes('BF16')) return;
  throw new LoadGenError('SUT_PRECISION', `OpenVINO's ${device} does not compute in bf16 here, expected fp32 or int8`);
}
