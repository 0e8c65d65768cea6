import type { Clock } from '../../base/clock.js';
import type { EffectiveSettings } from '../settings/testSettings.js';
import { AccuracyLogSelection } from './accuracyLogSelection.js';
import { chooseSamples } from './generateQueries.js';
import { performanceSet } from './loadableSets.js';
import { Pauses } from './pauses.js';
import { planQueries } from './queryPlan.js';

export interface LoggedSamples {
  /** The library's index of each sample of the run, by sequence id. */
  readonly sampleIndices: Uint32Array;
  /** Whether the accuracy log has to hold the response to the sample of this sequence id. */
  readonly isLogged: (sequenceId: number) => boolean;
}

/**
 * What a performance run of `queryCount` issued queries asked for, and which responses its accuracy log must hold. The
 * settings decide both, so a log can be checked for missing and for foreign responses.
 */
export async function loggedSamples(
  settings: EffectiveSettings,
  queryCount: number,
  clock: Clock,
): Promise<LoggedSamples> {
  const pauses = new Pauses(clock, undefined);
  const set = performanceSet(settings);
  const plan = { ...planQueries(settings, 'PerformanceOnly', set), queryCount };
  const sampleIndices = await chooseSamples(settings, 'PerformanceOnly', set, plan, pauses);
  const isLogged = await new AccuracyLogSelection().select(
    settings,
    plan.scenario,
    'PerformanceOnly',
    { sampleIndices },
    pauses,
  );
  return { sampleIndices, isLogged: isLogged ?? (() => false) };
}
