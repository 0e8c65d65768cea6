import type { DetailEntry } from '../../logs/detail/write.js';
import type { Constraint } from '../results/seriesSummary.js';
import type { PerformanceSummary } from '../results/summarizePerformance.js';
import type { AnyScenario } from '../scenarios/index.js';
import { earlyStoppingText } from './earlyStoppingText.js';
import { latencyEntries } from './latencyLines.js';

/** The `result_*` and `early_stopping_*` lines of the detail log, in the official order. */
export function resultEntries(summary: PerformanceSummary, scenario: AnyScenario): DetailEntry[] {
  const { performanceConstraint } = summary;
  const entries: DetailEntry[] = [['result_validity', summary.valid ? 'VALID' : 'INVALID']];
  if (performanceConstraint !== undefined) entries.push(['result_perf_constraints_met', performanceConstraint.met]);
  entries.push(
    ['result_min_duration_met', summary.minDuration.met],
    ['result_min_queries_met', summary.minQueries.met],
    ['early_stopping_met', summary.earlyStopping.met],
  );
  if (!summary.valid) entries.push(['result_invalid_reason', invalidReason(summary)]);
  entries.push(
    ['early_stopping_result', onOneLine(earlyStoppingText(summary))],
    ['result_query_count', summary.queryCount],
  );
  return [...entries, ...scenario.resultEntries(summary), ...latencyEntries(summary.latency)];
}

/** Why the result is INVALID. The official LoadGen gives no reason if only early stopping failed. */
function invalidReason(summary: PerformanceSummary): string {
  const { performanceConstraint, minDuration, minQueries } = summary;
  const unmet = [performanceConstraint, minDuration].filter(
    (constraint): constraint is Constraint => constraint?.met === false,
  );
  // The hint about the detailed log belongs in the summary only.
  const tooFew = minQueries.met ? '' : (minQueries.recommendation.split('\n')[0] ?? '');
  const reason = unmet.map(({ recommendation }) => `${recommendation} `).join('') + tooFew;
  return reason === ''
    ? `Early stopping: ${onOneLine(earlyStoppingText(summary)).replaceAll(' *', '').trim()}`
    : reason;
}

function onOneLine(text: string): string {
  return text.replaceAll('\n', ' ');
}
