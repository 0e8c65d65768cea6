import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { percentileOf } from '../../../loadgen/results/latencyStatistics.js';
import { DETAIL_LOG_NAME } from '../../../logs/detail/read.js';
import { LATENCY_LOG_NAME } from '../../../logs/latencies/read.js';
import { writeLatencyLog } from '../../../platform/node/logFiles.js';
import { sharedFolder } from '../../sharedFolder.js';
import { detailLine } from '../goldenRun.js';
import { randomNumbers } from './randomNumbers.js';

const folder = sharedFolder('compare-test');

export function newFolder(): string {
  return mkdtempSync(join(folder, 'run-'));
}

/** Keys and values of a detail log; a value is the text that stands in it. */
export type DetailValues = Readonly<Record<string, string>>;

const COMMON: DetailValues = {
  loadgen_version: '"6.0.17"',
  sut_name: '"sut"',
  sut_model_sha256: '"0011223344556677"',
  qsl_name: '"faces"',
  qsl_reported_total_count: '600',
  dataset_sha256: '"8899aabbccddeeff"',
  effective_test_mode: '"PerformanceOnly"',
  effective_target_latency_percentile: '0.9',
  effective_min_duration_ms: '600000',
  effective_target_qps: '4',
  result_validity: '"VALID"',
};

/** The values of a SingleStream run's detail log. */
export function singleStream(latenciesNs: Float64Array, values: DetailValues = {}): DetailValues {
  const sorted = latenciesNs.toSorted();
  const percentiles = ['50.00', '90.00', '97.00', '99.00', '99.90'].map((name) => [
    `result_${name}_percentile_latency_ns`,
    String(percentileOf(sorted, Number(name) / 100)),
  ]);
  return {
    ...COMMON,
    effective_scenario: '"SingleStream"',
    generated_samples_per_query: '1',
    result_query_count: String(latenciesNs.length),
    ...Object.fromEntries(percentiles),
    ...values,
  };
}

/** The values of an Offline run's detail log. */
export function offline(completedNs: Float64Array, values: DetailValues = {}): DetailValues {
  const lastNs = completedNs.toSorted().at(-1) ?? 0;
  return {
    ...COMMON,
    effective_scenario: '"Offline"',
    generated_samples_per_query: String(completedNs.length),
    result_query_count: '1',
    result_samples_per_second: String(completedNs.length / (lastNs / 1e9)),
    result_max_latency_ns: String(lastNs),
    ...values,
  };
}

/** A SingleStream run whose median differs from others of its system by up to 5 %. */
export function runOf(meanNs: number, seed: number, values?: DetailValues): string {
  const random = randomNumbers(seed);
  const ofRun = meanNs * (0.95 + 0.1 * random());
  const latenciesNs = Float64Array.from({ length: 500 }, () => Math.round(ofRun * (0.99 + 0.02 * random())));
  return writeTest(singleStream(latenciesNs, values), latenciesNs);
}

/** Several runs of one system. */
export function groupOf(meanNs: number, firstSeed: number, count = 5): string[] {
  return Array.from({ length: count }, (_, index) => runOf(meanNs, firstSeed + index));
}

/** Writes a test's logs into a folder, a new one unless it is named. */
export function writeTest(values: DetailValues, latenciesNs?: Float64Array, testFolder = newFolder()): string {
  mkdirSync(testFolder, { recursive: true });
  const lines = Object.entries(values).map(([key, valueText]) => detailLine(key, valueText));
  writeFileSync(join(testFolder, DETAIL_LOG_NAME), `${lines.join('\n')}\n`);
  if (latenciesNs !== undefined) writeLatencyLog(join(testFolder, LATENCY_LOG_NAME), latenciesNs);
  return testFolder;
}
