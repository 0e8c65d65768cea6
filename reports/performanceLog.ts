import type { LogValues } from '../logs/detail/values.js';
import { readLogValues } from '../platform/node/openLog.js';
import type { AccuracyResult } from './accuracy/computeAccuracy.js';
import type { AccuracyRow, LatencyPercentiles, PerformanceRow, Verdict } from './runRow.js';

/** Why an accuracy run has no accuracy. */
export const NO_ANGLE = 'a response gives no angle: it holds a value that is not a finite number, or zeros alone';

/** The row of a finished performance run, from the detail log in its folder. */
export async function readPerformanceRow(logDir: string): Promise<PerformanceRow> {
  const log = await readLogValues(logDir);
  const scenario = log.string('effective_scenario');
  const verdict = performanceVerdict(log);
  switch (scenario) {
    case 'SingleStream':
      return { kind: 'SingleStreamPerformance', ...verdict, latencyNs: latencyPercentiles(log, '_percentile') };
    case 'MultiStream':
      return {
        kind: 'MultiStreamPerformance',
        ...verdict,
        pairsPerQuery: log.number('effective_samples_per_query'),
        latencyNs: latencyPercentiles(log, '_percentile_per_query'),
      };
    case 'Server':
      return {
        kind: 'ServerPerformance',
        ...verdict,
        pairsPerSecond: log.number('result_completed_samples_per_sec'),
        latencyNs: latencyPercentiles(log, '_percentile'),
      };
    case 'Offline':
      return { kind: 'OfflinePerformance', ...verdict, pairsPerSecond: log.number('result_samples_per_second') };
  }
  throw log.error('effective_scenario', `"${scenario}"`, 'one of the four scenarios');
}

/** The row of a finished accuracy run, from the detail log in its folder and what `computeAccuracy` made of it. */
export async function readAccuracyRow(logDir: string, result: AccuracyResult): Promise<AccuracyRow> {
  const log = await readLogValues(logDir);
  // A SubmissionRun's log ends with the verdict on its performance, which says nothing of accuracy.
  const isJudgedByPerformance = log.has('result_query_count');
  const invalidReasons = log.has('result_validity') && !isJudgedByPerformance ? invalidReasonsOf(log) : [];
  if (Number.isNaN(result.accuracy)) invalidReasons.push(NO_ANGLE);
  return {
    kind: 'Accuracy',
    ...verdict(log, invalidReasons),
    scenario: log.string('effective_scenario'),
    accuracy: result.accuracy,
    correctCount: result.truePositives + result.trueNegatives,
    pairCount: result.pairCount,
  };
}

function latencyPercentiles(log: LogValues, infix: string): LatencyPercentiles {
  const at = (percentile: string) => log.number(`result_${percentile}${infix}_latency_ns`);
  return { p50: at('50.00'), p90: at('90.00'), p99: at('99.00') };
}

function performanceVerdict(log: LogValues): Verdict {
  return verdict(log, invalidReasonsOf(log));
}

function verdict(log: LogValues, invalidReasons: readonly string[]): Verdict {
  return {
    sutName: log.string('sut_name'),
    validity: invalidReasons.length === 0 ? 'VALID' : 'INVALID',
    invalidReasons,
    errorMessages: log.errorMessages(),
  };
}

/** The official LoadGen gives no reason where only early stopping failed, so the three conditions are looked at too. */
export function invalidReasonsOf(log: LogValues): string[] {
  const validity = log.string('result_validity');
  if (validity === 'VALID') return [];
  if (validity !== 'INVALID') throw log.error('result_validity', `"${validity}"`, '"VALID" or "INVALID"');
  const reasons: string[] = [];
  const given = log.optionalText('result_invalid_reason');
  if (given !== '') reasons.push(given);
  if (log.isFalse('result_min_duration_met')) reasons.push('The minimum duration was not reached.');
  if (log.isFalse('result_min_queries_met')) reasons.push('The minimum number of queries was not reached.');
  if (log.isFalse('early_stopping_met') && !/early stopping/i.test(given)) {
    reasons.push(`Early stopping was not satisfied. ${log.optionalText('early_stopping_result')}`.trim());
  }
  return reasons.length === 0 ? ['The log gives no reason.'] : reasons;
}
