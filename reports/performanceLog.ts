import { join } from 'node:path';
import { LoadGenError } from '../base/errors.js';
import type { AccuracyResult } from './accuracy/computeAccuracy.js';
import { DETAIL_LOG_NAME, type DetailLog, readDetailLog } from './logs/detailLog.js';
import type { AccuracyRow, LatencyPercentiles, PerformanceRow, Verdict } from './runRow.js';

/** The row of a finished performance run, from the detail log in its folder. */
export async function readPerformanceRow(logDir: string): Promise<PerformanceRow> {
  const log = await LogValues.read(logDir);
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
  const log = await LogValues.read(logDir);
  // A SubmissionRun's log ends with the verdict on its performance, which says nothing of accuracy.
  const isJudgedByPerformance = log.has('result_query_count');
  const invalidReasons = log.has('result_validity') && !isJudgedByPerformance ? invalidReasonsOf(log) : [];
  if (Number.isNaN(result.accuracy))
    invalidReasons.push('a response gives no angle: it holds a value that is not a finite number, or zeros alone');
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
function invalidReasonsOf(log: LogValues): string[] {
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

/** Typed access to keys that stand in a detail log once. */
class LogValues {
  readonly #file: string;
  readonly #log: DetailLog;

  private constructor(file: string, log: DetailLog) {
    this.#file = file;
    this.#log = log;
  }

  static async read(logDir: string): Promise<LogValues> {
    const file = join(logDir, DETAIL_LOG_NAME);
    return new LogValues(file, await readDetailLog(file));
  }

  has(key: string): boolean {
    return this.#log.has(key);
  }

  string(key: string): string {
    const value = this.#single(key);
    if (typeof value !== 'string') throw this.error(key, `a ${typeof value}`, 'a string');
    return value;
  }

  /** On one line; empty where the key is absent. */
  optionalText(key: string): string {
    return this.has(key) ? this.string(key).replace(/\s+/g, ' ').trim() : '';
  }

  number(key: string): number {
    const value = this.#single(key);
    if (typeof value !== 'number') throw this.error(key, `a ${typeof value}`, 'a number');
    return value;
  }

  isFalse(key: string): boolean {
    return this.has(key) && this.#single(key) === false;
  }

  errorMessages(): string[] {
    return [...this.#log.values()]
      .flat()
      .filter((entry) => entry.isError)
      .toSorted((one, other) => one.line - other.line)
      .map((entry) => String(entry.value));
  }

  error(key: string, found: string, expected: string): LoadGenError {
    return new LoadGenError('REPORT_LOG_KEY', `${this.#file}: ${key}: found ${found}, expected ${expected}`);
  }

  #single(key: string): unknown {
    const entries = this.#log.get(key) ?? [];
    const [entry] = entries;
    if (entry !== undefined && entries.length === 1) return entry.value;
    if (entry !== undefined) throw this.error(key, `${entries.length} entries`, '1');
    throw new LoadGenError('REPORT_LOG_KEY', `${this.#file} holds no ${key}; expected 1 entry`, {
      hint: 'The run ended before it had a result, or it was a run of another kind.',
    });
  }
}
