import { elementAt } from '../../base/arrays.js';
import { shuffle } from '../random/distributions.js';
import { MersenneTwister } from '../random/mersenneTwister.js';
import { SCENARIOS } from '../scenarios/index.js';
import type { EffectiveSettings } from '../settings/testSettings.js';

/** Samples that are loaded into memory together. */
export interface LoadableSampleSet {
  readonly samples: Uint32Array;
  /** Queries start at samples below this; those from here on are padding. */
  readonly sampleDistributionEnd: number;
}

/**
 * Splits the first `sampleCount` samples of the library, in random order, into sets that fit into memory. If
 * queries ask for contiguous samples, each set ends with a copy of its beginning, so that none runs over the end.
 */
export function generateLoadableSets(settings: EffectiveSettings, sampleCount: number): LoadableSampleSet[] {
  const order = Uint32Array.from({ length: sampleCount }, (_, index) => index);
  shuffle(new MersenneTwister(settings.requested.qslRngSeed), order);

  const padding = SCENARIOS[settings.scenario].querySamples === 'contiguous' ? settings.samplesPerQuery - 1 : 0;
  const sets: LoadableSampleSet[] = [];
  for (let start = 0; start < sampleCount; start += settings.performanceSampleCount) {
    const set = order.subarray(start, start + settings.performanceSampleCount);
    const samples = Uint32Array.from({ length: set.length + padding }, (_, i) => set[i % set.length] ?? 0);
    sets.push({ samples, sampleDistributionEnd: set.length });
  }
  return sets;
}

/** The set that a performance series asks for. */
export function performanceSet(settings: EffectiveSettings): LoadableSampleSet {
  return elementAt(generateLoadableSets(settings, settings.performanceSampleCount), 0);
}
