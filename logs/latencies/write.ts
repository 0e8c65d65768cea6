import { closeSync, openSync, writeSync } from 'node:fs';

const BLOCK_LATENCIES = 1 << 17;
const BYTES = Float64Array.BYTES_PER_ELEMENT;

/** `mlperf_log_latencies_ns.bin`: each sample's latency in the order of issue, a little-endian float64 of nanoseconds. */
export function writeLatencyLog(path: string, sampleLatenciesNs: Float64Array): void {
  const file = openSync(path, 'w');
  try {
    for (let start = 0; start < sampleLatenciesNs.length; start += BLOCK_LATENCIES) {
      const bytes = encode(sampleLatenciesNs.subarray(start, start + BLOCK_LATENCIES));
      for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
    }
  } finally {
    closeSync(file);
  }
}

function encode(latenciesNs: Float64Array): Uint8Array {
  const view = new DataView(new ArrayBuffer(latenciesNs.length * BYTES));
  for (const [index, latencyNs] of latenciesNs.entries()) view.setFloat64(index * BYTES, latencyNs, true);
  return new Uint8Array(view.buffer);
}
