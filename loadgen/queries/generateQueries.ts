import { elementAt } from '../../base/elementAt.js';
import { exponential, shuffle, uniformInt } from '../random/distributions.js';
import { MersenneTwister } from '../random/mersenneTwister.js';
import type { EffectiveSettings } from '../settings/effectiveSettings.js';
import type { LoadableSampleSet } from './loadableSets.js';

export type SeriesMode = 'AccuracyOnly' | 'PerformanceOnly';

/** All queries of one series, made before the clock starts: which samples each asks for, and when it is due. */
export interface GeneratedQueries {
  readonly queryCount: number;
  readonly samplesPerQuery: number;
  /** The library's sample indices, query after query. */
  readonly sampleIndices: Uint32Array;
  /** When each query is due, in nanoseconds after the start; undefined where it is due when it is issued. */
  readonly scheduledDeltaNs: Float64Array | undefined;
  /** What the detail log calls `generated_query_duration`: when the query after the last one would be due. */
  readonly durationNs: number;
}

/** Chooses the samples of one series as the official LoadGen does, draw for draw. */
export function generateQueries(
  settings: EffectiveSettings,
  mode: SeriesMode,
  set: LoadableSampleSet,
): GeneratedQueries {
  const random = new MersenneTwister(settings.requested.sampleIndexRngSeed);
  const plan = planQueries(settings, mode, set);
  // All three draws happen whichever is used: each moves the generator on for those after it.
  const accuracyOrder = mode === 'AccuracyOnly' ? shuffledStarts(random, set, plan.stride) : undefined;
  const uniqueOrder = shuffledStarts(random, set, plan.stride);
  const permutations = shuffledPermutations(random, plan.unpaddedMinQueries, set.samples.length);
  const schedule = scheduleQueries(settings, plan);

  if (settings.scenario === 'Offline') {
    return {
      ...schedule,
      scheduledDeltaNs: new Float64Array(1),
      ...offlineQuery(settings, set, random, plan.samplesPerQuery),
    };
  }
  const { performanceIssueUnique, performanceIssueSame, performanceIssueSameIndex } = settings.requested;
  const choose = (draw: number): number => {
    if (performanceIssueUnique) return elementAt(uniqueOrder, draw);
    if (performanceIssueSame) return performanceIssueSameIndex;
    if (plan.equalIssue) return elementAt(permutations, draw % permutations.length);
    return accuracyOrder === undefined ? uniformInt(random, set.sampleDistributionEnd) : elementAt(accuracyOrder, draw);
  };
  const sampleIndices = new Uint32Array(schedule.queryCount * plan.samplesPerQuery);
  for (let query = 0; query < schedule.queryCount; query++) {
    const start = choose(query);
    for (let i = 0; i < plan.samplesPerQuery; i++) {
      sampleIndices[query * plan.samplesPerQuery + i] = elementAt(set.samples, start + i);
    }
  }
  return { ...schedule, samplesPerQuery: plan.samplesPerQuery, sampleIndices };
}

interface Plan {
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

function planQueries(settings: EffectiveSettings, mode: SeriesMode, set: LoadableSampleSet): Plan {
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

function scheduleQueries(settings: EffectiveSettings, plan: Plan) {
  const next = arrivalTimes(settings);
  const isServer = settings.scenario === 'Server';
  const scheduled: number[] = [];
  let { minQueries } = plan;
  let queryCount = 0;
  let previousNs = 0;
  let timestampNs = 0;
  while (previousNs < plan.durationNs || queryCount < minQueries) {
    if (isServer) scheduled.push(timestampNs);
    queryCount++;
    previousNs = timestampNs;
    timestampNs += next();
    const wholePermutation = plan.equalIssue && settings.scenario !== 'Offline' && queryCount >= minQueries;
    if (wholePermutation && previousNs < plan.durationNs) minQueries += plan.setSize;
  }
  return {
    queryCount,
    scheduledDeltaNs: isServer ? Float64Array.from(scheduled) : undefined,
    durationNs: timestampNs,
  };
}

/** The time from one query to the next: Poisson arrivals in Server, a fixed period elsewhere. */
function arrivalTimes(settings: EffectiveSettings): () => number {
  if (settings.scenario === 'Server') {
    const random = new MersenneTwister(settings.requested.scheduleRngSeed);
    return () => Math.trunc(exponential(random, settings.targetQps) * 1e9);
  }
  const periodNs = Math.trunc((1 / settings.targetQps) * 1e9);
  return () => periodNs;
}

/** One query that repeats the set until it is full; in accuracy mode, the set once. */
function offlineQuery(
  settings: EffectiveSettings,
  set: LoadableSampleSet,
  random: MersenneTwister,
  samplesPerQuery: number,
) {
  const sampleIndices = new Uint32Array(samplesPerQuery);
  const { performanceIssueSame, performanceIssueSameIndex } = settings.requested;
  if (performanceIssueSame) {
    sampleIndices.fill(elementAt(set.samples, performanceIssueSameIndex));
  } else {
    const setSize = set.samples.length;
    for (let start = 0; start < samplesPerQuery; start += setSize) {
      const part = sampleIndices.subarray(start, Math.min(start + setSize, samplesPerQuery));
      part.set(set.samples.subarray(0, part.length));
      if (settings.sampleConcatenatePermutation && part.length === setSize) shuffle(random, part);
    }
  }
  return { samplesPerQuery, sampleIndices };
}

function shuffledStarts(random: MersenneTwister, set: LoadableSampleSet, stride: number): Uint32Array {
  const starts = Uint32Array.from(
    { length: Math.ceil(set.sampleDistributionEnd / stride) },
    (_, index) => index * stride,
  );
  shuffle(random, starts);
  return starts;
}

/** Permutations of the set, one after another, enough for `minQueries`; each shuffles the order that the last one left. */
function shuffledPermutations(random: MersenneTwister, minQueries: number, setSize: number): Uint32Array {
  const order = Uint32Array.from({ length: setSize }, (_, index) => index);
  const permutations = new Uint32Array(Math.ceil(minQueries / setSize) * setSize);
  for (let start = 0; start < permutations.length; start += setSize) {
    shuffle(random, order);
    permutations.set(order, start);
  }
  return permutations;
}
