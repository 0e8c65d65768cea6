import { elementAt } from '../../base/arrays.js';
import { shuffle, uniformInt } from '../random/distributions.js';
import { MersenneTwister } from '../random/mersenneTwister.js';
import type { EffectiveSettings } from '../settings/testSettings.js';
import type { GeneratedQueries, SeriesMode } from './generatedQueries.js';
import type { LoadableSampleSet } from './loadableSets.js';
import type { Pauses } from './pauses.js';
import { planQueries, type QueryPlan } from './queryPlan.js';
import { scheduleQueries } from './scheduleQueries.js';

/** Generates the queries of one series as the official LoadGen does, draw for draw. Rejects if `pauses` does. */
export async function generateQueries(
  settings: EffectiveSettings,
  mode: SeriesMode,
  set: LoadableSampleSet,
  pauses: Pauses,
): Promise<GeneratedQueries> {
  const plan = planQueries(settings, mode, set);
  const schedule = await scheduleQueries(settings, plan, pauses);
  const sampleIndices = await chooseSamples(settings, mode, set, { ...plan, queryCount: schedule.queryCount }, pauses);
  return { ...schedule, samplesPerQuery: plan.samplesPerQuery, sampleIndices };
}

/**
 * The library's sample indices, query after query, of the first `plan.queryCount` queries of a series. How many there are
 * does not change what each asks for.
 */
export async function chooseSamples(
  settings: EffectiveSettings,
  mode: SeriesMode,
  set: LoadableSampleSet,
  plan: QueryPlan & { readonly queryCount: number },
  pauses: Pauses,
): Promise<Uint32Array> {
  const random = new MersenneTwister(settings.requested.sampleIndexRngSeed);
  // All three draws happen whichever is used: each moves the generator on for those after it.
  const accuracyOrder = mode === 'AccuracyOnly' ? shuffledStarts(random, set, plan.stride) : undefined;
  const uniqueOrder = shuffledStarts(random, set, plan.stride);
  const permutations = await shuffledPermutations(random, plan, pauses);

  const { querySamples } = plan.scenario;
  if (querySamples === 'all') return repeatSet(settings, set, random, plan.samplesPerQuery, pauses);
  const { performanceIssueUnique, performanceIssueSame, performanceIssueSameIndex } = settings.requested;
  // Queries of contiguous samples start anywhere in the set even then.
  const inPermutations = plan.equalIssue && querySamples !== 'contiguous';
  const choose = (draw: number): number => {
    if (performanceIssueUnique) return elementAt(uniqueOrder, draw);
    if (performanceIssueSame) return performanceIssueSameIndex;
    if (inPermutations) return elementAt(permutations, draw % permutations.length);
    return accuracyOrder === undefined ? uniformInt(random, set.sampleDistributionEnd) : elementAt(accuracyOrder, draw);
  };
  const sampleIndices = new Uint32Array(plan.queryCount * plan.samplesPerQuery);
  for (let query = 0; query < plan.queryCount; query++) {
    const pause = pauses.dueAfter(plan.samplesPerQuery);
    if (pause !== undefined) await pause;
    const start = choose(query);
    for (let i = 0; i < plan.samplesPerQuery; i++) {
      sampleIndices[query * plan.samplesPerQuery + i] = elementAt(set.samples, start + i);
    }
  }
  return sampleIndices;
}

/** One query that repeats the set until it is full; in accuracy mode, the set once. */
async function repeatSet(
  settings: EffectiveSettings,
  set: LoadableSampleSet,
  random: MersenneTwister,
  samplesPerQuery: number,
  pauses: Pauses,
): Promise<Uint32Array> {
  const sampleIndices = new Uint32Array(samplesPerQuery);
  const { performanceIssueSame, performanceIssueSameIndex } = settings.requested;
  if (performanceIssueSame) return sampleIndices.fill(elementAt(set.samples, performanceIssueSameIndex));
  const setSize = set.samples.length;
  for (let start = 0; start < samplesPerQuery; start += setSize) {
    const pause = pauses.dueAfter(setSize);
    if (pause !== undefined) await pause;
    const part = sampleIndices.subarray(start, Math.min(start + setSize, samplesPerQuery));
    part.set(set.samples.subarray(0, part.length));
    if (settings.sampleConcatenatePermutation && part.length === setSize) shuffle(random, part);
  }
  return sampleIndices;
}

function shuffledStarts(random: MersenneTwister, set: LoadableSampleSet, stride: number): Uint32Array {
  const starts = Uint32Array.from(
    { length: Math.ceil(set.sampleDistributionEnd / stride) },
    (_, index) => index * stride,
  );
  shuffle(random, starts);
  return starts;
}

/** Permutations of the set, one after another, enough for the queries; each shuffles the order that the last one left. */
async function shuffledPermutations(
  random: MersenneTwister,
  { unpaddedMinQueries, setSize }: QueryPlan,
  pauses: Pauses,
): Promise<Uint32Array> {
  const order = Uint32Array.from({ length: setSize }, (_, index) => index);
  const permutations = new Uint32Array(Math.ceil(unpaddedMinQueries / setSize) * setSize);
  for (let start = 0; start < permutations.length; start += setSize) {
    const pause = pauses.dueAfter(setSize);
    if (pause !== undefined) await pause;
    shuffle(random, order);
    permutations.set(order, start);
  }
  return permutations;
}
