import { LoadGenError, loadGenErrorOf, messageOf } from '../../base/errors.js';
import type { LoadableSampleSet } from '../queries/loadableSets.js';
import type { SystemUnderTest } from '../systemUnderTest.js';
import type { RunContext } from './runContext.js';

/** Loads a set of samples while `action` runs. Returns the result of `action`, or the library's fault. */
export async function withLoadedSet<T>(
  { sut, library, logs, clock }: RunContext,
  set: LoadableSampleSet,
  action: () => Promise<T | LoadGenError>,
): Promise<T | LoadGenError> {
  logs.detail.log(['loaded_qsl_set', set.samples]);
  const indices = Array.from(set.samples);
  const loadingNs = clock.nowNs() - logs.originNs;
  const loadFault = await faultOfLibrary(() => library.loadSamplesToRam(indices));
  logs.trace?.phase('LoadSamplesToRam', loadingNs, clock.nowNs() - logs.originNs);
  if (loadFault !== undefined) return loadFault;
  const outcome = (await faultOfTakingSamples(sut, indices)) ?? (await action());
  const unloadFault = await faultOfLibrary(() => library.unloadSamplesFromRam(indices));
  return outcome instanceof LoadGenError ? outcome : (unloadFault ?? outcome);
}

/** Lets the system take samples that were just loaded. Returns what went wrong. */
export async function faultOfTakingSamples(
  sut: SystemUnderTest,
  samples: readonly number[],
): Promise<LoadGenError | undefined> {
  try {
    await sut.takeSamples?.(samples);
    return undefined;
  } catch (thrown) {
    const message = `the system under test failed to take samples: ${messageOf(thrown)}`;
    return loadGenErrorOf(thrown) ?? new LoadGenError('SUT_FAILED', message, { cause: thrown });
  }
}

async function faultOfLibrary(action: () => void | Promise<void>): Promise<LoadGenError | undefined> {
  try {
    await action();
    return undefined;
  } catch (thrown) {
    if (thrown instanceof LoadGenError) return thrown;
    return new LoadGenError('QSL_FAILED', `the query sample library failed: ${messageOf(thrown)}`, { cause: thrown });
  }
}
