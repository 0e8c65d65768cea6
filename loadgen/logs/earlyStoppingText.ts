import { type EarlyStoppingEstimate, MULTI_STREAM_PERCENTILE } from '../results/earlyStoppingResult.js';
import type { PerformanceSummary } from '../results/summarizePerformance.js';
import { ordinalPercentile } from './latencyLines.js';

/** What early stopping found, in the official words; empty if the scenario has none. */
export function earlyStoppingText({ earlyStopping, queryCount, settings }: PerformanceSummary): string {
  switch (earlyStopping.kind) {
    case 'none':
      return '';
    case 'bound':
      return boundText(earlyStopping.met, earlyStopping.missingQueries, queryCount);
    case 'estimate':
      return estimateText(
        earlyStopping.target,
        earlyStopping.multiStream,
        settings.targetLatencyPercentile,
        queryCount,
      );
  }
}

function boundText(met: boolean, missingQueries: number, queryCount: number): string {
  if (met) return ' * Run successful.';
  return (
    ` * Run unsuccessful.\n * Processed ${queryCount} queries.\n` +
    ` * Would need to run at least ${missingQueries} more queries,\n` +
    ' with the run being successful if every additional\n query were under latency.'
  );
}

function estimateText(
  target: EarlyStoppingEstimate,
  multiStream: EarlyStoppingEstimate | undefined,
  percentile: number,
  queryCount: number,
): string {
  if (target.state === 'tooFewQueries') {
    return (
      ` * Only processed ${queryCount} queries.\n` +
      ` * Need to process at least ${target.neededQueries} queries for early stopping.`
    );
  }
  const lines = [
    ` * Processed at least ${target.neededQueries} queries (${queryCount}).`,
    ` * Would discard ${target.discarded} highest latency queries.`,
    ` * Early stopping ${ordinalPercentile(percentile)} percentile estimate: ${target.latencyNs}`,
  ];
  if (multiStream !== undefined) lines.push(multiStreamText(multiStream));
  return lines.join('\n');
}

function multiStreamText(estimate: EarlyStoppingEstimate): string {
  const name = ordinalPercentile(MULTI_STREAM_PERCENTILE);
  if (estimate.state === 'estimated') return ` * Early stopping ${name} percentile estimate: ${estimate.latencyNs}`;
  return (
    ` * Not enough queries processed for ${name} percentile\n` +
    ` early stopping estimate (would need to process at\n least ${estimate.neededQueries} total queries).`
  );
}
