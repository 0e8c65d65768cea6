import { CLOCK_STEP_KEY, type DetailEntry, PAUSES_KEY } from '../../logs/detail/write.js';
import { formatFixed } from '../../logs/formatNumber.js';
import type { Pause, RuntimeFigures, Stalls } from '../platform.js';
import type { PerformanceSummary } from '../results/summarizePerformance.js';
import { energyEntries, energyText } from './energyReport.js';
import { percentOf } from './latencyLines.js';
import { disturbancesOf, machineEntries, machineLines } from './machineReport.js';
import { serverEntries, serverText } from './serverReport.js';

const UNWATCHED =
  'Whether the machine slept or the process was stopped is not known: the thread that watches for it could not run.';

/** What the harness says of itself in the detail log. The official LoadGen has nothing like it. */
export function harnessEntries({ harness, runtime, server, sampleCount }: PerformanceSummary): DetailEntry[] {
  const entries: DetailEntry[] = [];
  if (harness !== undefined) {
    entries.push(['harness_added_ns_per_query', harness.addedNs], ['harness_added_share', { real: harness.share }]);
    for (const { percentile, latencyNs } of harness.issueDelay?.percentiles ?? []) {
      entries.push([`harness_issue_delay_${percentOf(percentile)}_percentile_ns`, latencyNs]);
    }
  }
  if (runtime !== undefined) {
    if (runtime.clockStepNs !== undefined) entries.push([CLOCK_STEP_KEY, runtime.clockStepNs]);
    entries.push(
      ...stallEntries('harness_gc_pause', runtime.garbageCollection),
      ...stallEntries('harness_page_long_task', runtime.longTasks),
      ['harness_event_loop_delay_99.00_percentile_ns', runtime.eventLoopDelayP99Ns],
      ['harness_event_loop_delay_max_ns', runtime.eventLoopDelayMaxNs],
    );
  }
  if (server !== undefined) entries.push(...serverEntries(server));
  if (runtime?.machine !== undefined) entries.push(...machineEntries(runtime.machine));
  if (runtime?.energy !== undefined) entries.push(...energyEntries(runtime.energy, sampleCount));
  if (runtime?.pauses !== undefined && runtime.pauses.length > 0) {
    const times = runtime.pauses.flatMap(({ startNs, durationNs }) => [startNs / 1e6, durationNs / 1e6]);
    entries.push([PAUSES_KEY, Uint32Array.from(times, Math.round)]);
  }
  return entries;
}

/** A warning for each pause, or that nobody knows of any, and for what else disturbed the series. */
export function runtimeWarnings({ pauses, machine = {} }: Pick<RuntimeFigures, 'pauses' | 'machine'>): string[] {
  return [...(pauses?.map(pauseText) ?? [UNWATCHED]), ...disturbancesOf(machine).map(({ text }) => text)];
}

function pauseText({ startNs, durationNs }: Pause): string {
  const [start, duration] = [startNs / 1e9, durationNs / 1e9].map((seconds) => formatFixed(seconds, 2));
  return `Nothing ran for ${duration} s, from ${start} s after the start on: the machine slept, or the process was stopped.`;
}

/** The end of the summary, under a heading of its own. */
export function harnessText({ harness, runtime, server, sampleCount }: PerformanceSummary): string {
  const rule = '='.repeat(48);
  const lines = ['', rule, 'Harness (not part of the official summary)', rule];
  if (harness !== undefined) {
    const share = formatFixed(harness.share * 100, 2);
    lines.push(`Added to a query, mean (ns)     : ${harness.addedNs} (${share} % of its latency)`);
    for (const { percentile, latencyNs } of harness.issueDelay?.percentiles ?? []) {
      lines.push(`${percentOf(percentile)} percentile issue delay (ns) : ${latencyNs}`);
    }
  }
  if (server !== undefined) lines.push(`Server, mean                    : ${serverText(server)}`);
  if (runtime !== undefined) {
    if (runtime.clockStepNs !== undefined) lines.push(`Step of the clock (ns)          : ${runtime.clockStepNs}`);
    lines.push(
      ...stallLines('Garbage collection pauses', 'Longest pause (ns)', runtime.garbageCollection),
      ...stallLines('Long tasks of the page', 'Longest task (ns)', runtime.longTasks),
      `Longest event loop delay (ns)   : ${runtime.eventLoopDelayMaxNs}`,
      ...(runtime.machine === undefined ? [] : machineLines(runtime.machine)),
      ...energyLines(runtime.energy, sampleCount),
      ...runtimeWarnings(runtime).map((text) => `WARNING: ${text}`),
    );
  }
  return `${lines.join('\n')}\n`;
}

function stallEntries(key: string, stalls: Stalls | undefined): DetailEntry[] {
  if (stalls === undefined) return [];
  const { count, totalNs, maxNs } = stalls;
  return [
    [`${key}_count`, count],
    [`${key}_total_ns`, totalNs],
    [`${key}_max_ns`, maxNs],
  ];
}

function stallLines(name: string, longest: string, stalls: Stalls | undefined): string[] {
  if (stalls === undefined) return [];
  return [`${name.padEnd(32)}: ${stalls.count}`, `${longest.padEnd(32)}: ${stalls.maxNs}`];
}

function energyLines(energy: RuntimeFigures['energy'], sampleCount: number): string[] {
  if (energy === undefined) return [];
  return [
    `Energy (informative)            : ${energyText(energy.joules / sampleCount, energy.idleShare, energy.source)}`,
  ];
}
