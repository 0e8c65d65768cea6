import type { EffectiveSettings } from '../settings/effectiveSettings.js';
import type { LoadableSampleSet } from './loadableSets.js';

export type SeriesMode = 'AccuracyOnly' | 'PerformanceOnly';

/** How many queries of what size a series gets. */
export interface QueryPlan {
  readonly samplesPerQuery: number;
  /** How far apart the samples are at which queries may start. */
  readonly stride: number;
  readonly unpaddedMinQueries: number;
  readonly minQueries: number;
  readonly durationNs: number;
  readonly setSize: number;
  /** Performance over whole permutations of the set, so that each sample is asked equally often. */
  readonly equalIssue: boolean;
}

export function planQueries(settings: EffectiveSettings, mode: SeriesMode, set: LoadableSampleSet): QueryPlan {
  const setSize = set.samples.length;
  const offline = settings.scenario === 'Offline';
  const accuracy = mode === 'AccuracyOnly';
  const equalIssue = settings.sampleConcatenatePermutation;
  const padded = (count: number) => Math.ceil(count / setSize) * setSize;

  let samplesPerQuery = accuracy && offline ? set.sampleDistributionEnd : settings.samplesPerQuery;
  const everySampleOnce = accuracy || settings.requested.performanceIssueUnique;
  const unpaddedMinQueries = everySampleOnce ? Math.floor(setSize / samplesPerQuery) : settings.minQueryCount;
  let minQueries = unpaddedMinQueries;
  if (equalIssue && !accuracy) {
    if (offline) samplesPerQuery = padded(samplesPerQuery);
    else minQueries = padded(minQueries);
  }
  // Twice as many queries as expected, in case the system is faster. Server's schedule does not depend on the system.
  const multiplier = settings.scenario === 'Server' ? 1 : 2;
  return {
    samplesPerQuery,
    stride: settings.scenario === 'MultiStream' ? settings.samplesPerQuery : 1,
    unpaddedMinQueries,
    minQueries,
    durationNs: everySampleOnce ? 0 : multiplier * settings.targetDurationMs * 1e6,
    setSize,
    equalIssue,
  };
}
