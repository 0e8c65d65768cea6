import type { LogValues } from '../../logs/detail/values.js';

/** Why an accuracy run has no accuracy. */
export const NO_ANGLE = 'a response gives no angle: it holds a value that is not a finite number, or zeros alone';

/** So begins the reason of a test that stopped to issue queries before it had enough. */
export const ENDED_EARLY = 'Ended early';

/** What the LoadGen logs as an error where it stops issuing queries. */
const EARLY_END = /Ending early: ((?:Max|Too many)[^.]*)\.? *(.*)$/;
/** What it advises where queries are missing; more of them would not help where it ended early. */
const ADVICE_OF_MORE_QUERIES = /[^.]*(?:pre-generates|exited early)[^.]*\.\s*/g;

/** The official LoadGen gives no reason where only early stopping failed, so the three conditions are looked at too. */
export function invalidReasonsOf(log: LogValues): string[] {
  const validity = log.string('result_validity');
  if (validity === 'VALID') return [];
  if (validity !== 'INVALID') throw log.error('result_validity', `"${validity}"`, '"VALID" or "INVALID"');
  const reasons: string[] = [];
  const end = log.isFalse('result_min_duration_met') || log.isFalse('result_min_queries_met') ? earlyEnd(log) : '';
  if (end !== '') reasons.push(end);
  const stated = log.optionalText('result_invalid_reason');
  const given = end === '' ? stated : stated.replaceAll(ADVICE_OF_MORE_QUERIES, '').trim();
  if (given !== '') reasons.push(given);
  if (log.isFalse('result_min_duration_met')) reasons.push('The minimum duration was not reached.');
  if (log.isFalse('result_min_queries_met')) reasons.push('The minimum number of queries was not reached.');
  if (log.isFalse('early_stopping_met') && !/early stopping/i.test(given)) {
    reasons.push(`Early stopping was not satisfied. ${log.optionalText('early_stopping_result')}`.trim());
  }
  return reasons.length === 0 ? ['The log gives no reason.'] : reasons;
}

/** Empty where it issued all queries that it had to. */
function earlyEnd(log: LogValues): string {
  const [, reason, details] = log.errorMessages().flatMap((message) => EARLY_END.exec(message) ?? []);
  return reason === undefined ? '' : `${ENDED_EARLY}: ${reason}${details ? ` (${details})` : ''}.`;
}
