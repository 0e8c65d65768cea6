import type { LogValues } from '../../logs/detail/values.js';

/** Why an accuracy run has no accuracy. */
export const NO_ANGLE = 'a response gives no angle: it holds a value that is not a finite number, or zeros alone';

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
