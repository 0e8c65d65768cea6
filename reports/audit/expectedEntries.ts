import { loggedSamples } from '../../loadgen/queries/loggedSamples.js';
import { MAX_SAMPLES } from '../../loadgen/settings/settingsFaults.js';
import type { LogValues } from '../logs/logValues.js';
import { recordedSettings } from './recordedSettings.js';

/** What a performance run's accuracy log may and has to hold. */
export interface ExpectedEntries {
  /** The library's index of each sample of the run, by sequence id. */
  readonly sampleIndices: Uint32Array;
  readonly isRequired: (sequenceId: number) => boolean;
  readonly isAllowed: (sequenceId: number) => boolean;
}

/** A half of the last of the six digits that a real number has in a detail log. */
const ROUNDING = 5.01e-6;

/**
 * From the settings and the number of queries that a detail log states, by the LoadGen's own draws. The share that is
 * logged follows from a rate of which only six digits are known: a sample whose draw lies between what the lowest and the
 * highest such rate give, one in some hundred thousand of those logged, may be there or not.
 */
export async function expectedEntries(log: LogValues): Promise<ExpectedEntries> {
  const settings = recordedSettings(log);
  const queryCount = log.number('result_query_count');
  const sampleCount = queryCount * settings.samplesPerQuery;
  if (!(Number.isInteger(queryCount) && queryCount >= 0 && sampleCount <= MAX_SAMPLES)) {
    throw log.error('result_query_count', String(queryCount), `a number of queries of at most ${MAX_SAMPLES} samples`);
  }
  const { targetQps } = settings;
  const allowed = await loggedSamples({ ...settings, targetQps: targetQps * (1 - ROUNDING) }, queryCount);
  const required = await loggedSamples({ ...settings, targetQps: targetQps * (1 + ROUNDING) }, queryCount);
  return { sampleIndices: allowed.sampleIndices, isRequired: required.isLogged, isAllowed: allowed.isLogged };
}
