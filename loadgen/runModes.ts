import { LoadGenError } from '../base/errors.js';
import { generateLoadableSets, type LoadableSampleSet, performanceSet } from './queries/loadableSets.js';
import { type PerformanceSummary, summarizePerformance } from './results/summarizePerformance.js';
import { withLoadedSet } from './series/loadedSet.js';
import type { RunContext } from './series/runContext.js';
import { runSeries } from './series/runSeries.js';

/** Asks for every sample once, set after set. Returns why the run could not be completed, if so. */
export async function runAccuracy(context: RunContext): Promise<LoadGenError | undefined> {
  const { settings, logs } = context;
  logs.detail.log(['generic_message', 'Starting accuracy mode']);
  for (const set of generateLoadableSets(settings, settings.accuracySampleCount)) {
    const outcome = await withLoadedSet(context, set, () => runSeries(context, 'AccuracyOnly', set));
    if (outcome instanceof LoadGenError) return outcome;
  }
  return undefined;
}

/** Measures one series on the first loadable set. */
export async function runPerformance(context: RunContext): Promise<PerformanceSummary | LoadGenError> {
  const { settings, logs } = context;
  logs.detail.log(['generic_message', 'Starting performance mode']);
  const set = performanceSet(settings);
  const summary = await withLoadedSet(context, set, () => measure(context, set));
  if (!(summary instanceof LoadGenError)) logs.performance(summary);
  return summary;
}

/** One performance series on a loaded set. */
export async function measure(context: RunContext, set: LoadableSampleSet): Promise<PerformanceSummary | LoadGenError> {
  const outcome = await runSeries(context, 'PerformanceOnly', set);
  return outcome instanceof LoadGenError
    ? outcome
    : summarizePerformance(context.sut.name, context.settings, context.scenario, outcome);
}
