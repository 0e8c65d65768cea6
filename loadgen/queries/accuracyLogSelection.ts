import { elementAt } from '../../base/elementAt.js';
import { uniformReal } from '../random/distributions.js';
import { MersenneTwister } from '../random/mersenneTwister.js';
import type { EffectiveSettings } from '../settings/effectiveSettings.js';
import type { GeneratedQueries, SeriesMode } from './generateQueries.js';

/** The seed of a default-constructed `std::mt19937`: the official LoadGen never seeds this one. */
const DEFAULT_SEED = 5489;

/**
 * Chooses which responses of a performance run are logged, so that accuracy can be checked on what was timed. Each
 * sample of the whole run draws a number; the seed in the settings only shifts all of them.
 */
export class AccuracyLogSelection {
  readonly #random = new MersenneTwister(DEFAULT_SEED);
  #undrawn = 0;

  /** Says for the n-th sample of a series whether its response is logged; undefined: none is. */
  select(
    settings: EffectiveSettings,
    mode: SeriesMode,
    queries: GeneratedQueries,
  ): ((sample: number) => boolean) | undefined {
    const sampleCount = queries.sampleIndices.length;
    const probability = probabilityOf(settings);
    if (mode === 'AccuracyOnly' || probability <= 0) {
      // Drawn only if a later series needs what comes after.
      this.#undrawn += sampleCount;
      return mode === 'AccuracyOnly' ? () => true : undefined;
    }
    for (; this.#undrawn > 0; this.#undrawn--) uniformReal(this.#random);
    const offset = uniformReal(new MersenneTwister(settings.requested.accuracyLogRngSeed));
    const logged = Uint8Array.from({ length: sampleCount }, () => {
      const value = uniformReal(this.#random) + offset;
      return (value < 1 ? value : value - 1) <= probability ? 1 : 0;
    });
    return (sample) => elementAt(logged, sample) === 1;
  }
}

function probabilityOf(settings: EffectiveSettings): number {
  const { accuracyLogSamplingTarget, accuracyLogProbability } = settings.requested;
  if (accuracyLogSamplingTarget === 0) return accuracyLogProbability;
  const offline = settings.scenario === 'Offline';
  const expectedQueries = Math.trunc((settings.targetQps * settings.minDurationMs) / 1000);
  const expectedSamples = offline ? expectedQueries : expectedQueries * settings.samplesPerQuery;
  const minimumSamples = offline ? settings.minSampleCount : settings.minQueryCount * settings.samplesPerQuery;
  return accuracyLogSamplingTarget / Math.max(expectedSamples, minimumSamples);
}
