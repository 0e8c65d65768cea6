import { LoadGenError } from '../../base/errors.js';
import { logFileSize, readLogText } from './openLog.js';

export const TRACE_LOG_NAME = 'mlperf_log_trace.json';

const MAX_LINE_LENGTH = 1 << 20;
/** What the threads that write the official log trace of themselves, and the events of samples and queries. */
const maxBytes = (sampleCount: number) => 2 ** 30 + 2000 * sampleCount;

/** The beginning of a sample's event, in the official program's spelling and in ours. */
const SAMPLE = /"sample_seq"\s*:\s*(\d{1,15})[^\n]*?"complete_ns"\s*:\s*(\d{1,15})\b/g;

/**
 * The latencies in `mlperf_log_trace.json` of a run with one performance series, by the order of issue. The official
 * file is no valid JSON, so its lines are searched. Throws a `LoadGenError` unless it holds each of `sampleCount`
 * samples once.
 */
export async function readTraceLatencies(file: string, sampleCount: number): Promise<Float64Array> {
  const size = await logFileSize(file);
  if (size > maxBytes(sampleCount)) {
    throw traceError(file, `found ${size} bytes for ${sampleCount} samples; expected at most ${maxBytes(sampleCount)}`);
  }
  const latenciesNs = new Float64Array(sampleCount).fill(Number.NaN);
  let found = 0;
  for await (const lines of wholeLines(file)) {
    for (const [, sequenceId, latencyNs] of lines.matchAll(SAMPLE)) {
      const sample = Number(sequenceId);
      if (sample >= sampleCount || !Number.isNaN(latenciesNs[sample])) {
        const fault = sample >= sampleCount ? `expected those below ${sampleCount}` : 'for the second time';
        throw traceError(file, `found sample_seq ${sample}, ${fault}`);
      }
      latenciesNs[sample] = Number(latencyNs);
      found += 1;
    }
  }
  if (found === sampleCount) return latenciesNs;
  throw traceError(file, `found ${found} samples, expected ${sampleCount}`);
}

async function* wholeLines(file: string): AsyncGenerator<string> {
  let pending = '';
  for await (const chunk of readLogText(file, 'latin1')) {
    const end = chunk.lastIndexOf('\n') + 1;
    if (end > 0) yield pending + chunk.slice(0, end);
    pending = end > 0 ? chunk.slice(end) : pending + chunk;
    if (pending.length > MAX_LINE_LENGTH)
      throw traceError(file, `found a line longer than ${MAX_LINE_LENGTH} characters`);
  }
  yield pending;
}

function traceError(file: string, what: string): LoadGenError {
  return new LoadGenError('REPORT_TRACE_LOG', `${file}: ${what}`, {
    hint: 'The file is of another run, or was not copied whole. Without it, the logs are read alone.',
  });
}
