import type { LibraryFacts } from '../querySampleLibrary.js';
import { SCENARIOS } from '../scenarios/index.js';
import { refuseFaults } from './settingsFaults.js';
import type { EffectiveSettings, TestSettings } from './testSettings.js';

/**
 * Derives what a run uses from what was asked for.
 *
 * @throws SETTINGS_INVALID if the settings cannot be met; the message names all faults
 */
export function deriveEffectiveSettings(requested: TestSettings, library: LibraryFacts): EffectiveSettings {
  const settings = withTest05(requested);
  const performanceSampleCount = settings.performanceSampleCountOverride || library.performanceSampleCount;
  const accuracySampleCount = settings.accuracySampleCountOverride || library.totalSampleCount;
  const scenario = SCENARIOS[settings.scenario];
  const targets = scenario.deriveTargets(settings, performanceSampleCount, library);
  const effective = {
    requested: settings,
    scenario: settings.scenario,
    mode: settings.mode,
    ...targets,
    minDurationMs: settings.minDurationMs,
    maxDurationMs: settings.maxDurationMs,
    maxQueryCount: settings.maxQueryCount,
    minSampleCount: targets.minQueryCount * targets.samplesPerQuery,
    performanceSampleCount,
    accuracySampleCount,
    sampleConcatenatePermutation: settings.sampleConcatenatePermutation,
  };
  refuseFaults(effective, scenario, library);
  return effective;
}

/** TEST05 repeats a performance run with its own seeds. */
function withTest05(requested: TestSettings): TestSettings {
  if (!requested.test05) return { ...requested };
  return {
    ...requested,
    mode: 'PerformanceOnly',
    qslRngSeed: requested.test05QslRngSeed,
    sampleIndexRngSeed: requested.test05SampleIndexRngSeed,
    scheduleRngSeed: requested.test05ScheduleRngSeed,
  };
}
