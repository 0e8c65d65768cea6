import { LoadGenError } from '../../base/errors.js';
import type { LogSource } from '../logSource.js';

export const LATENCY_LOG_NAME = 'mlperf_log_latencies_ns.bin';

/** Thirteen days: what is longer is no latency of a run, and histograms cannot hold it. */
export const MAX_LATENCY_NS = 2 ** 50;

const BYTES = Float64Array.BYTES_PER_ELEMENT;

/**
 * Reads `mlperf_log_latencies_ns.bin`: the latency of each of `sampleCount` samples in nanoseconds, in the order of issue.
 *
 * @throws REPORT_LATENCY_LOG if it holds another number of latencies, or one that is negative or longer than any of a run
 * @throws REPORT_LOG_READ if it cannot be read to its end
 */
export async function readLatencyLog(source: LogSource, sampleCount: number): Promise<Float64Array> {
  const { name, sizeBytes } = source;
  if (sizeBytes !== sampleCount * BYTES) {
    const expected = `${sampleCount * BYTES}, ${BYTES} for each of ${sampleCount} samples`;
    throw latencyError(name, `${sizeBytes} bytes, expected ${expected}`);
  }
  const latenciesNs = new Float64Array(sampleCount);
  await readInto(new Uint8Array(latenciesNs.buffer), source);
  const view = new DataView(latenciesNs.buffer);
  for (let sample = 0; sample < sampleCount; sample++) {
    const latencyNs = view.getFloat64(sample * BYTES, true);
    if (!(latencyNs >= 0 && latencyNs <= MAX_LATENCY_NS)) {
      throw latencyError(name, `${latencyNs} as latency ${sample}, expected 0 to ${MAX_LATENCY_NS} nanoseconds`);
    }
    latenciesNs[sample] = latencyNs;
  }
  return latenciesNs;
}

/** The file may change its length while it is read. */
async function readInto(target: Uint8Array, source: LogSource): Promise<void> {
  let offset = 0;
  for await (const chunk of source.bytes()) {
    const room = target.length - offset;
    target.set(chunk.subarray(0, room), offset);
    offset += Math.min(chunk.length, room);
  }
  if (offset < target.length) {
    throw new LoadGenError('REPORT_LOG_READ', `cannot read ${source.name}: it ends after ${offset} bytes`);
  }
}

function latencyError(name: string, found: string): LoadGenError {
  return new LoadGenError('REPORT_LATENCY_LOG', `${name}: found ${found}`, {
    hint: 'The file is of another run, or was not copied completely. Without it, the logs are read alone.',
  });
}
