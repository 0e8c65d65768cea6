import { loggedSamples } from '../../loadgen/queries/loggedSamples.js';
import type { LogValues } from '../../logs/detail/values.js';
import { monotonicClock } from '../../platform/node/monotonicClock.js';
import { assertReplayable } from './assertReplayable.js';
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
 * Throws `REPORT_LOG_KEY` where the log states what no run can have had, or more than `maxSampleCount` samples.
 */
export async function expectedEntries(log: LogValues, maxSampleCount: number): Promise<ExpectedEntries> {
  const settings = recordedSettings(log);
  const queryCount = log.number('result_query_count');
  assertReplayable(log, settings, { queryCount, maxSampleCount });
  const { targetQps } = settings;
  const allowed = await loggedSamples(
    { ...settings, targetQps: targetQps * (1 - ROUNDING) },
    queryCount,
    monotonicClock,
  );
  const required = await loggedSamples(
    { ...settings, targetQps: targetQps * (1 + ROUNDING) },
    queryCount,
    monotonicClock,
  );
  return { sampleIndices: allowed.sampleIndices, isRequired: required.isLogged, isAllowed: allowed.isLogged };
}
