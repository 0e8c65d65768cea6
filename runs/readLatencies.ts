import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { LogValues } from '../logs/detail/values.js';
import { LATENCY_LOG_NAME, readLatencyLog } from '../logs/latencies/read.js';
import type { LogSource } from '../logs/logSource.js';
import { readTraceTimes, TRACE_LOG_NAME } from '../logs/trace/read.js';
import { openLog } from '../platform/node/openLog.js';
import type { LatencySource } from './testLogs.js';

/** Twice as many as our LoadGen can measure: 512 MB of latencies. */
const MAX_SAMPLES = 2 ** 26;

/** Takes them from the latency log that our runs leave, else from the trace if there is one. */
export async function readLatencies(
  logDir: string,
  log: LogValues,
  trace: LogSource | undefined,
): Promise<LatencySource> {
  // LoadGen 1.0 and 1.1 do not log the number of queries.
  const [queries, samplesPerQuery] = [
    log.optionalNumber('result_query_count'),
    log.lastNumber('generated_samples_per_query'),
  ];
  const sampleCount = (queries ?? Number.NaN) * (samplesPerQuery ?? Number.NaN);
  if (!Number.isSafeInteger(sampleCount) || sampleCount < 1)
    return none('the log does not say how many samples there were');
  if (sampleCount > MAX_SAMPLES)
    return none(`${sampleCount} samples are more than the ${MAX_SAMPLES} that are looked at`);
  const file = join(logDir, LATENCY_LOG_NAME);
  if (existsSync(file))
    return { from: 'latency log', file, latenciesNs: await readLatencyLog(await openLog(file), sampleCount) };
  if (trace === undefined) {
    const isThere = existsSync(join(logDir, TRACE_LOG_NAME));
    return none(`there is no ${LATENCY_LOG_NAME} and ${isThere ? 'an empty' : 'no'} ${TRACE_LOG_NAME}`);
  }
  if (log.string('effective_test_mode') !== 'PerformanceOnly') return none('the trace is of several series');
  const times = await readTraceTimes(trace, sampleCount);
  return { from: 'trace', file: trace.name, latenciesNs: times.latenciesNs, times };
}

function none(reason: string): LatencySource {
  return { from: undefined, reason };
}
