import { LoadGenError } from '../base/errors.js';
import type { LoadableSampleSet } from './queries/loadableSets.js';
import { performanceSet } from './queries/loadableSets.js';
import type { PerformanceSummary } from './results/summarizePerformance.js';
import { measure } from './runModes.js';
import { withLoadedSet } from './series/loadedSet.js';
import type { RunContext } from './series/runContext.js';
import { MAX_SAMPLES } from './settings/settingsFaults.js';

/** Issuing takes the better part of a microsecond a query: beyond this rate the schedule is missed whatever the system. */
const MAX_SEARCHED_QPS = 1e6;

/**
 * Server's search for the highest rate that meets the latency constraint: the rate asked for is the lower bound, widened
 * until the constraint is missed, then halved down to the wanted precision.
 */
export async function findPeakPerformance(context: RunContext): Promise<PerformanceSummary | LoadGenError> {
  const { logs, settings } = context;
  say(context, 'Starting FindPeakPerformance mode');
  say(context, `FindPeakPerformance: Check validity of the base settings field: ${field(settings.targetQps)}`);
  const base = await measureAlone(context);
  if (base instanceof LoadGenError) return base;
  if (!meetsConstraint(base)) {
    const reason = base.performanceConstraint?.recommendation ?? '';
    logs.detail.error(
      'error_runtime',
      `FindPeakPerformance: Initial lower bound does not satisfy performance constraints, msg: ${reason}`,
    );
    logs.performance(base);
    return base;
  }
  const boundaries = await findBoundaries(context, base);
  if (boundaries instanceof LoadGenError) return boundaries;
  const { upper } = boundaries;
  const { targetQps } = boundaries.lower.settings;
  say(context, `FindPeakPerformance: Found boundaries: [${field(targetQps)}, ${field(upper.settings.targetQps)})`);

  const set = performanceSet(upper.settings);
  const peak = await withLoadedSet(context, set, () => searchBetween(context, set, boundaries.lower, upper));
  if (peak instanceof LoadGenError) return peak;
  say(context, `FindPeakPerformance: Found peak performance field: ${field(peak.settings.targetQps)}`);
  logs.performance(peak);
  return peak;
}

async function findBoundaries(context: RunContext, base: PerformanceSummary) {
  let lower = base;
  for (;;) {
    const { targetQps, requested, targetDurationMs } = lower.settings;
    const widened = atRate(context, targetQps * (1 + requested.serverFindPeakQpsBoundaryStepSize));
    const { targetQps: widenedQps } = widened.settings;
    if (widenedQps > MAX_SEARCHED_QPS) return tooFastError(targetQps);
    if (widenedQps * (targetDurationMs / 1000) > MAX_SAMPLES) return tooLongError(targetQps);
    say(context, `FindBoundaries: Checking fields [${field(targetQps)}, ${field(widened.settings.targetQps)})`);
    const upper = await measureAlone(widened);
    if (upper instanceof LoadGenError) return upper;
    if (!meetsConstraint(upper)) return { lower, upper };
    lower = upper;
  }
}

async function searchBetween(
  context: RunContext,
  set: LoadableSampleSet,
  from: PerformanceSummary,
  to: PerformanceSummary,
): Promise<PerformanceSummary | LoadGenError> {
  const scale = 10 ** context.settings.requested.serverFindPeakQpsDecimalsOfPrecision;
  const steps = ({ settings }: PerformanceSummary) => Math.floor(settings.targetQps * scale);
  let [lower, upper] = [from, to];
  while (steps(lower) + 1 < steps(upper)) {
    const [low, high] = [lower.settings.targetQps, upper.settings.targetQps];
    const middleQps = low + (high - low) / 2;
    say(
      context,
      `FindPeakPerformanceBinarySearch: Testing the mid value of bounds [${field(low)}, ${field(high)}): ${field(middleQps)}`,
    );
    const middle = await measure(atRate(context, middleQps), set);
    if (middle instanceof LoadGenError) return middle;
    if (meetsConstraint(middle)) lower = middle;
    else upper = middle;
  }
  return lower;
}

function measureAlone(context: RunContext): Promise<PerformanceSummary | LoadGenError> {
  const set = performanceSet(context.settings);
  return withLoadedSet(context, set, () => measure(context, set));
}

function atRate(context: RunContext, targetQps: number): RunContext {
  return { ...context, settings: { ...context.settings, targetQps } };
}

/** Whether the run was long enough does not matter here, as in the official search. */
function meetsConstraint({ performanceConstraint }: PerformanceSummary): boolean {
  return performanceConstraint?.met !== false;
}

function say({ logs }: RunContext, message: string): void {
  logs.detail.log(['generic_message', message]);
}

/** As `std::to_string(double)`. */
function field(targetQps: number): string {
  return targetQps.toFixed(6);
}

function tooFastError(targetQps: number): LoadGenError {
  return noPeakError(
    targetQps,
    `queries are issued at up to ${MAX_SEARCHED_QPS} a second`,
    'The system is too fast for Server: measure it in SingleStream or Offline, or search with a tighter target_latency.',
  );
}

function tooLongError(targetQps: number): LoadGenError {
  return noPeakError(
    targetQps,
    `a schedule holds at most ${MAX_SAMPLES} queries`,
    'Shorten min_duration to search further.',
  );
}

function noPeakError(targetQps: number, limit: string, hint: string): LoadGenError {
  return new LoadGenError(
    'RUN_NO_PEAK',
    `no peak was found: the system still met the latency constraint at ${field(targetQps)} queries per second, and ${limit}`,
    { hint },
  );
}
