import { z } from 'zod';
import type { LogValues } from '../../logs/detail/values.js';
import { numberOrNull } from '../figures/measurement.js';

export const totalsSchema = z.strictObject({
  queryCount: z.number().nullable(),
  sampleCount: z.number().nullable(),
  /** From the first query to the last answer, as far as the log's rates and latencies tell. */
  durationNs: z.number().nullable(),
  /** Of queries in MultiStream, of samples elsewhere; so is the maximum. */
  meanLatencyNs: z.number().nullable(),
  maxLatencyNs: z.number().nullable(),
  queriesPerSecond: z.number().nullable(),
});

/** What a performance test has done in all; null where its log does not say it. */
export function readTotals(log: LogValues): z.infer<typeof totalsSchema> {
  const infix = log.string('effective_scenario') === 'MultiStream' ? '_per_query' : '';
  const number = (key: string) => log.optionalNumber(key) ?? Number.NaN;
  const queryCount = number('result_query_count');
  const meanLatencyNs = number(`result_mean${infix}_latency_ns`);
  const maxLatencyNs = number(`result_max${infix}_latency_ns`);
  const durationNs = durationOf(log, { queryCount, meanLatencyNs, maxLatencyNs });
  const totals = {
    queryCount,
    sampleCount: queryCount * (log.lastNumber('generated_samples_per_query') ?? Number.NaN),
    durationNs: Math.round(durationNs),
    meanLatencyNs,
    maxLatencyNs,
    queriesPerSecond: queryCount / (durationNs / 1e9),
  };
  return totalsSchema.parse(
    Object.fromEntries(Object.entries(totals).map(([key, value]) => [key, numberOrNull(value)])),
  );
}

/** The log states no duration, but what it follows from. */
function durationOf(
  log: LogValues,
  { queryCount, meanLatencyNs, maxLatencyNs }: Record<'queryCount' | 'meanLatencyNs' | 'maxLatencyNs', number>,
): number {
  // Rates count one query less than there were: they are of the time until the last one was issued, or answered.
  const rateTimeNs = (key: string) => ((queryCount - 1) * 1e9) / (log.optionalNumber(key) ?? Number.NaN);
  switch (log.string('effective_scenario')) {
    case 'SingleStream':
      return rateTimeNs('result_qps_with_loadgen_overhead') + meanLatencyNs;
    case 'Server':
      return rateTimeNs('result_completed_samples_per_sec');
    case 'MultiStream':
      // One query after another.
      return queryCount * meanLatencyNs;
    default:
      // All samples of Offline are issued at once.
      return maxLatencyNs;
  }
}
