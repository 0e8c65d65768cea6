import type { DetailEntry } from '../../logs/detail/write.js';
import { formatFixed } from '../../logs/formatNumber.js';
import type { PerformanceSummary } from '../results/performanceSummary.js';

/** What the harness says of itself in the detail log. The official LoadGen has nothing like it. */
export function harnessEntries({ harness, runtime, figures }: PerformanceSummary): DetailEntry[] {
  const entries: DetailEntry[] = [];
  if (harness !== undefined) {
    entries.push(['harness_added_ns_per_query', harness.addedNs], ['harness_added_share', { real: harness.share }]);
  }
  if (figures.scenario === 'Server') {
    for (const { percentile, latencyNs } of figures.issueDelay.percentiles) {
      entries.push([`harness_issue_delay_${formatFixed(percentile * 100, 2)}_percentile_ns`, latencyNs]);
    }
  }
  if (runtime !== undefined) {
    entries.push(
      ['harness_gc_pause_count', runtime.garbageCollections],
      ['harness_gc_pause_total_ns', runtime.garbageCollectionTotalNs],
      ['harness_gc_pause_max_ns', runtime.garbageCollectionMaxNs],
      ['harness_event_loop_delay_99.00_percentile_ns', runtime.eventLoopDelayP99Ns],
      ['harness_event_loop_delay_max_ns', runtime.eventLoopDelayMaxNs],
    );
  }
  return entries;
}

/** The end of the summary, under a heading of its own. */
export function harnessText({ harness, runtime, figures }: PerformanceSummary): string {
  const rule = '='.repeat(48);
  const lines = ['', rule, 'Harness (not part of the official summary)', rule];
  if (harness !== undefined) {
    const share = formatFixed(harness.share * 100, 2);
    lines.push(`Added to a query, mean (ns)     : ${harness.addedNs} (${share} % of its latency)`);
  }
  if (figures.scenario === 'Server') {
    for (const { percentile, latencyNs } of figures.issueDelay.percentiles) {
      lines.push(`${formatFixed(percentile * 100, 2)} percentile issue delay (ns) : ${latencyNs}`);
    }
  }
  if (runtime !== undefined) {
    lines.push(
      `Garbage collection pauses       : ${runtime.garbageCollections}`,
      `Longest pause (ns)              : ${runtime.garbageCollectionMaxNs}`,
      `Longest event loop delay (ns)   : ${runtime.eventLoopDelayMaxNs}`,
    );
  }
  return `${lines.join('\n')}\n`;
}
