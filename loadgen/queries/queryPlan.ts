import { type AnyScenario, SCENARIOS } from '../scenarios/index.js';
import type { EffectiveSettings } from '../settings/testSettings.js';
import type { SeriesMode } from './generatedQueries.js';
import type { LoadableSampleSet } from './loadableSets.js';

/** How many queries of what size a series gets. */
export interface QueryPlan {
  readonly scenario: AnyScenario;
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
  const scenario = SCENARIOS[settings.scenario];
  const { querySamples, generationFactor } = scenario;
  const setSize = set.samples.length;
  const isAccuracy = mode === 'AccuracyOnly';
  const isOneQuery = querySamples === 'all';
  const equalIssue = settings.sampleConcatenatePermutation;
  const padded = (count: number) => Math.ceil(count / setSize) * setSize;

  let samplesPerQuery = isAccuracy && isOneQuery ? set.sampleDistributionEnd : settings.samplesPerQuery;
  const everySampleOnce = isAccuracy || settings.requested.performanceIssueUnique;
  const unpaddedMinQueries = everySampleOnce ? Math.floor(setSize / samplesPerQuery) : settings.minQueryCount;
  let minQueries = unpaddedMinQueries;
  if (equalIssue && !isAccuracy) {
    if (isOneQuery) samplesPerQuery = padded(samplesPerQuery);
    else minQueries = padded(minQueries);
  }
  return {
    scenario,
    samplesPerQuery,
    stride: querySamples === 'contiguous' ? settings.samplesPerQuery : 1,
    unpaddedMinQueries,
    minQueries,
    durationNs: everySampleOnce ? 0 : generationFactor * settings.targetDurationMs * 1e6,
    setSize,
    equalIssue,
  };
}
