import { elementAt } from '../../base/arrays.js';
import { uniformReal } from '../random/distributions.js';
import { MersenneTwister } from '../random/mersenneTwister.js';
import type { AnyScenario } from '../scenarios/index.js';
import type { EffectiveSettings } from '../settings/testSettings.js';
import type { GeneratedQueries, SeriesMode } from './generatedQueries.js';
import type { Pauses } from './pauses.js';

/** The seed of a default-constructed `std::mt19937`: the official LoadGen never seeds this one. */
const DEFAULT_SEED = 5489;

/**
 * Chooses which responses of a performance run are logged, so that accuracy can be checked on what was timed. Each
 * sample of the whole run draws a number; the seed in the settings only shifts all of them.
 */
export class AccuracyLogSelection {
  readonly #random = new MersenneTwister(DEFAULT_SEED);
  #undrawn = 0;

  /** Returns whether the n-th sample's response is logged; undefined if none is. Rejects if `pauses` does. */
  async select(
    settings: EffectiveSettings,
    scenario: AnyScenario,
    mode: SeriesMode,
    queries: Pick<GeneratedQueries, 'sampleIndices'>,
    pauses: Pauses,
  ): Promise<((sample: number) => boolean) | undefined> {
    const sampleCount = queries.sampleIndices.length;
    const probability = probabilityOf(settings, scenario);
    if (mode === 'AccuracyOnly' || probability <= 0) {
      // Drawn only if a later series needs what comes after.
      this.#undrawn += sampleCount;
      return mode === 'AccuracyOnly' ? () => true : undefined;
    }
    for (; this.#undrawn > 0; this.#undrawn--) {
      const pause = pauses.dueAfter(1);
      if (pause !== undefined) await pause;
      uniformReal(this.#random);
    }
    const offset = uniformReal(new MersenneTwister(settings.requested.accuracyLogRngSeed));
    const logged = new Uint8Array(sampleCount);
    for (let sample = 0; sample < sampleCount; sample++) {
      const pause = pauses.dueAfter(1);
      if (pause !== undefined) await pause;
      const value = uniformReal(this.#random) + offset;
      logged[sample] = (value < 1 ? value : value - 1) <= probability ? 1 : 0;
    }
    return (sample) => elementAt(logged, sample) === 1;
  }
}

function probabilityOf(settings: EffectiveSettings, { querySamples }: AnyScenario): number {
  const { accuracyLogSamplingTarget, accuracyLogProbability } = settings.requested;
  if (accuracyLogSamplingTarget === 0) return accuracyLogProbability;
  const { targetQps, minDurationMs, minQueryCount, samplesPerQuery } = settings;
  // A target rate of a scenario with one query counts samples.
  const samplesPerTarget = querySamples === 'all' ? 1 : samplesPerQuery;
  const expectedSamples = Math.trunc((targetQps * minDurationMs) / 1000) * samplesPerTarget;
  return accuracyLogSamplingTarget / Math.max(expectedSamples, minQueryCount * samplesPerQuery);
}
