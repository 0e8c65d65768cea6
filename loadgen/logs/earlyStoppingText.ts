import type { PerformanceSummary } from '../results/performanceSummary.js';
import { formatFixed } from './formatNumber.js';

/** What early stopping found, in the official words; empty where the scenario has none. */
export function earlyStoppingText(summary: PerformanceSummary): string {
  if (summary.earlyStopping === undefined) return '';
  const { target, p99 } = summary.earlyStopping;
  if (target.state === 'tooFewQueries') {
    return (
      ` * Only processed ${summary.queryCount} queries.\n` +
      ` * Need to process at least ${target.neededQueries} queries for early stopping.`
    );
  }
  return [
    ` * Processed at least ${target.neededQueries} queries (${summary.queryCount}).`,
    ` * Would discard ${target.discarded} highest latency queries.`,
    ` * Early stopping ${percentileName(summary.settings.targetLatencyPercentile)} percentile estimate: ${target.latencyNs}`,
    p99.state === 'estimated'
      ? ` * Early stopping ${percentileName(0.99)} percentile estimate: ${p99.latencyNs}`
      : ` * Not enough queries processed for ${percentileName(0.99)} percentile\n` +
        ` early stopping estimate (would need to process at\n least ${p99.neededQueries} total queries).`,
  ].join('\n');
}

/** `90.0th` */
export function percentileName(percentile: number): string {
  return `${formatFixed(percentile * 100, 1)}th`;
}
