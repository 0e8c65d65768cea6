const BLOCK_LATENCIES = 1 << 17;

/**
 * `mlperf_log_latencies_ns.bin`, block by block: each sample's latency in the order of issue, a little-endian float64 of
 * nanoseconds.
 */
export function* latencyLogBlocks(sampleLatenciesNs: Float64Array): Generator<Uint8Array> {
  for (let start = 0; start < sampleLatenciesNs.length; start += BLOCK_LATENCIES) {
    yield encode(sampleLatenciesNs.subarray(start, start + BLOCK_LATENCIES));
  }
}

function encode(latenciesNs: Float64Array): Uint8Array {
  const view = new DataView(new ArrayBuffer(latenciesNs.byteLength));
  for (const [index, latencyNs] of latenciesNs.entries()) {
    view.setFloat64(index * Float64Array.BYTES_PER_ELEMENT, latencyNs, true);
  }
  return new Uint8Array(view.buffer);
}
