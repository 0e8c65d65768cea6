import { open } from 'node:fs/promises';
import { endianness } from 'node:os';
import { LoadGenError, messageOf } from '../../base/errors.js';
import { logFileSize } from '../openLog.js';

export const LATENCY_LOG_NAME = 'mlperf_log_latencies_ns.bin';

const BYTES = Float64Array.BYTES_PER_ELEMENT;

/**
 * Reads `mlperf_log_latencies_ns.bin`: each sample's latency in the order of issue, a little-endian float64 of
 * nanoseconds. Throws a `LoadGenError` unless it holds exactly `sampleCount` latencies.
 */
export async function readLatencyLog(file: string, sampleCount: number): Promise<Float64Array> {
  const size = await logFileSize(file);
  if (size !== sampleCount * BYTES) {
    throw latencyError(
      file,
      `${size} bytes; expected ${sampleCount * BYTES}, ${BYTES} for each of ${sampleCount} samples`,
    );
  }
  const latenciesNs = new Float64Array(sampleCount);
  const bytes = Buffer.from(latenciesNs.buffer);
  await readInto(file, bytes);
  if (endianness() === 'BE') bytes.swap64();
  const wrong = latenciesNs.findIndex((ns) => !(ns >= 0 && ns < Number.POSITIVE_INFINITY));
  if (wrong !== -1) {
    throw latencyError(
      file,
      `${latenciesNs[wrong]} as latency ${wrong}; expected a finite number of nanoseconds, 0 or more`,
    );
  }
  return latenciesNs;
}

async function readInto(file: string, bytes: Buffer): Promise<void> {
  const handle = await open(file);
  try {
    for (let offset = 0; offset < bytes.length; ) {
      const { bytesRead } = await handle.read(bytes, offset);
      if (bytesRead === 0) throw new Error(`it ends after ${offset} bytes`);
      offset += bytesRead;
    }
  } catch (error) {
    throw new LoadGenError('REPORT_LOG_READ', `cannot read ${file}: ${messageOf(error)}`, { cause: error });
  } finally {
    await handle.close();
  }
}

function latencyError(file: string, found: string): LoadGenError {
  return new LoadGenError('REPORT_LATENCY_LOG', `${file}: found ${found}`, {
    hint: 'The file is of another run, or was not copied whole. Without it, the logs are read alone.',
  });
}
