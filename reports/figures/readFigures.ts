import { LoadGenError } from '../../base/errors.js';
import { percentileOf, queryLatencies } from '../../loadgen/results/latencyStatistics.js';
import type { LogValues } from '../../logs/detail/values.js';
import type { LatencySource } from '../../runs/testLogs.js';
import { clockStepNs, widenLatencies, widenRate } from './clockStep.js';
import { type Interval, percentileInterval } from './percentileInterval.js';
import { rateInterval } from './rateInterval.js';
import type { FigureUnit } from './runRecord.js';

export interface MeasuredFigure {
  readonly name: string;
  readonly unit: FigureUnit;
  readonly value: number;
  readonly interval: Interval | undefined;
  /** Why there is no interval. */
  readonly noInterval: string | undefined;
}

/** Why a rate has no interval: it says nothing of the system. */
export const SCHEDULED_RATE = "the test's schedule sets this rate";

const PERCENTILES = ['50.00', '90.00', '97.00', '99.00', '99.90'];

/** The figures of a finished performance test, as its log states them, with intervals where there are latencies. */
export function readFigures(log: LogValues, source: LatencySource): MeasuredFigure[] {
  const scenario = log.string('effective_scenario');
  switch (scenario) {
    case 'SingleStream':
      return [
        ...percentiles(log, source, '_percentile', 1),
        ...earlyStoppingEstimate(log, 'early_stopping_latency_ss', log.number('effective_target_latency_percentile')),
        ...earlyStoppingEstimate(log, 'early_stopping_latency_ms', 0.99),
      ];
    case 'MultiStream':
      return [
        ...percentiles(log, source, '_percentile_per_query', log.lastNumber('generated_samples_per_query') ?? 1),
        ...earlyStoppingEstimate(log, 'early_stopping_latency_ms', log.number('effective_target_latency_percentile')),
      ];
    case 'Server':
      return [
        rate(log.number('result_completed_samples_per_sec'), undefined, SCHEDULED_RATE),
        ...percentiles(log, source, '_percentile', 1),
      ];
    case 'Offline':
      return [offlineRate(log, source)];
  }
  throw log.error('effective_scenario', `"${scenario}"`, 'one of the four scenarios');
}

function percentiles(log: LogValues, source: LatencySource, infix: string, samplesPerQuery: number): MeasuredFigure[] {
  const issuedNs = source.from === undefined ? undefined : queryLatencies(source.latenciesNs, samplesPerQuery);
  const sortedNs = issuedNs?.toSorted();
  const keyOf = (percentile: string) => `result_${percentile}${infix}_latency_ns`;
  // A log that ends before its figures has none.
  if (!PERCENTILES.some((percentile) => log.has(keyOf(percentile)))) log.number(keyOf('50.00'));
  return PERCENTILES.flatMap((percentile): MeasuredFigure[] => {
    const key = keyOf(percentile);
    const value = log.optionalNumber(key);
    if (value === undefined) return [];
    const named = { name: percentileName(Number(percentile) / 100), unit: 'ns', value } as const;
    if (source.from === undefined || issuedNs === undefined || sortedNs === undefined) {
      return [
        { ...named, interval: undefined, noInterval: source.from === undefined ? source.reason : 'no latencies' },
      ];
    }
    const share = Number(percentile) / 100;
    checkAgrees(source.file, key, percentileOf(sortedNs, share), value);
    const ofQueries = percentileInterval(issuedNs, sortedNs, share);
    const interval = ofQueries && widenLatencies(ofQueries, clockStepNs(log));
    return [{ ...named, interval, noInterval: interval === undefined ? 'too few independent queries' : undefined }];
  });
}

/** 0 stands for too few queries. */
function earlyStoppingEstimate(log: LogValues, key: string, share: number): MeasuredFigure[] {
  const value = log.optionalNumber(key) ?? 0;
  if (value === 0) return [];
  const name = `${percentileName(share)} estimate`;
  return [{ name, unit: 'ns', value, interval: undefined, noInterval: 'early stopping gives a bound, not a figure' }];
}

function offlineRate(log: LogValues, source: LatencySource): MeasuredFigure {
  const value = log.number('result_samples_per_second');
  if (source.from === undefined) return rate(value, undefined, source.reason);
  const completedNs = source.latenciesNs.toSorted();
  checkAgrees(source.file, 'result_max_latency_ns', completedNs.at(-1), log.number('result_max_latency_ns'));
  const ofBlocks = rateInterval(completedNs);
  const interval = ofBlocks && widenRate(ofBlocks, completedNs.length, clockStepNs(log));
  return rate(value, interval, 'the samples came back in too few lots');
}

function rate(value: number, interval: Interval | undefined, noInterval: string): MeasuredFigure {
  const why = interval === undefined ? noInterval : undefined;
  return { name: 'per second', unit: 'samples/s', value, interval, noInterval: why };
}

function checkAgrees(file: string, key: string, foundNs: number | undefined, statedNs: number): void {
  if (foundNs === statedNs) return;
  throw new LoadGenError(
    'REPORT_LATENCIES',
    `${file}: its latencies give ${foundNs} ns; the detail log's ${key} is ${statedNs}`,
    {
      hint: 'The file is of another run. Remove it to compare the logs alone.',
    },
  );
}

function percentileName(share: number): string {
  return `p${Number((share * 100).toFixed(3))}`;
}
