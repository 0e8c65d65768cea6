import { build, type Histogram, HistogramLogWriter } from 'hdr-histogram-js';
import { LoadGenError } from '../base/errors.js';
import { queryLatencies } from '../loadgen/results/latencyStatistics.js';
import type { Run } from '../runs/openRun.js';

/** An HDR histogram's: each latency within a thousandth. */
const SIGNIFICANT_DIGITS = 3;

const NS_PER_MS = 1e6;

export interface QueryLatencies {
  readonly folder: string;
  readonly scenario: string;
  /** In milliseconds since 1970; 0 where the log does not say. */
  readonly startedAtMs: number;
  /** Of queries, in the order of issue; of samples in Offline, which has one query. */
  readonly latenciesNs: Float64Array;
}

/**
 * The latencies of each performance test of a run.
 *
 * @throws REPORT_NO_LATENCIES if a test left none
 */
export async function* readQueryLatencies(run: Run): AsyncGenerator<QueryLatencies> {
  for await (const test of run.tests()) {
    const { folder } = test;
    const log = await test.detail();
    if (log.string('effective_test_mode') === 'AccuracyOnly') continue;
    const source = await test.latencies();
    if (source.from === undefined)
      throw new LoadGenError('REPORT_NO_LATENCIES', `${folder} has no latencies: ${source.reason}`);
    const scenario = log.string('effective_scenario');
    const samplesPerQuery = scenario === 'MultiStream' ? (log.lastNumber('generated_samples_per_query') ?? 1) : 1;
    const startedAtMs = log.has('test_datetime') ? Date.parse(log.string('test_datetime')) : 0;
    const latenciesNs = queryLatencies(source.latenciesNs, samplesPerQuery);
    yield { folder, scenario, startedAtMs: Number.isNaN(startedAtMs) ? 0 : startedAtMs, latenciesNs };
  }
}

/** A percentile distribution in nanoseconds, as HdrHistogram's plotter reads it. */
export function hgrmText({ latenciesNs }: QueryLatencies): string {
  return histogramOf(latenciesNs).outputPercentileDistribution();
}

/**
 * One interval in HdrHistogram's log format, of no length: the logs do not say when each query was answered. Values are
 * in nanoseconds and the interval's maximum in milliseconds, as log analyzers and plotters expect by default.
 */
export function hlogText({ latenciesNs, scenario, startedAtMs }: QueryLatencies): string {
  const parts: string[] = [];
  const writer = new HistogramLogWriter((text) => parts.push(text));
  const histogram = histogramOf(latenciesNs);
  histogram.tag = scenario;
  writer.outputLogFormatVersion();
  writer.outputStartTime(startedAtMs);
  writer.outputLegend();
  writer.outputIntervalHistogram(histogram, startedAtMs / 1000, startedAtMs / 1000, NS_PER_MS);
  return parts.join('');
}

/** A line for each latency, exact. */
export function latencyCsv({ latenciesNs }: QueryLatencies): string {
  const lines: string[] = ['query,latency_ns\r\n'];
  for (const [query, ns] of latenciesNs.entries()) lines.push(`${query},${ns}\r\n`);
  return lines.join('');
}

/** Of latencies in nanoseconds, each within a thousandth. */
export function histogramOf(latenciesNs: Float64Array): Histogram {
  const longestNs = latenciesNs.reduce((longest, ns) => Math.max(longest, ns), 2);
  const histogram = build({
    bitBucketSize: 32,
    lowestDiscernibleValue: 1,
    highestTrackableValue: longestNs,
    numberOfSignificantValueDigits: SIGNIFICANT_DIGITS,
  });
  for (const ns of latenciesNs) histogram.recordValue(ns);
  return histogram;
}
