import { elementAt } from '../base/elementAt.js';
import { LoadGenError } from '../base/errors.js';
import { generateLoadableSets } from './queries/loadableSets.js';
import { type PerformanceSummary, summarizePerformance } from './results/performanceSummary.js';
import { type RunContext, runSeries } from './runSeries.js';

/** Asks for every sample once, set after set. Returns what broke the run off, if anything did. */
export async function runAccuracy(context: RunContext): Promise<LoadGenError | undefined> {
  const { settings, logs } = context;
  logs.detail.log(['generic_message', 'Starting accuracy mode']);
  for (const set of generateLoadableSets(settings, settings.accuracySampleCount)) {
    const outcome = await runSeries(context, 'AccuracyOnly', set);
    if (outcome instanceof LoadGenError) return outcome;
  }
  return undefined;
}

/** Measures one series on the first loadable set. */
export async function runPerformance(context: RunContext): Promise<PerformanceSummary | LoadGenError> {
  const { settings, logs, sut } = context;
  logs.detail.log(['generic_message', 'Starting performance mode']);
  const set = elementAt(generateLoadableSets(settings, settings.performanceSampleCount), 0);
  const outcome = await runSeries(context, 'PerformanceOnly', set);
  if (outcome instanceof LoadGenError) return outcome;
  const summary = summarizePerformance(sut.name, settings, outcome);
  logs.performance(summary);
  return summary;
}
