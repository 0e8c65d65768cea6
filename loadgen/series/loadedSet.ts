import { LoadGenError, messageOf } from '../../base/errors.js';
import type { LoadableSampleSet } from '../queries/loadableSets.js';
import type { RunContext } from './runContext.js';

/** Loads a set of samples while `action` runs. Returns the result of `action`, or the library's fault. */
export async function withLoadedSet<T>(
  { library, logs, clock }: RunContext,
  set: LoadableSampleSet,
  action: () => Promise<T | LoadGenError>,
): Promise<T | LoadGenError> {
  logs.detail.log(['loaded_qsl_set', set.samples]);
  const indices = Array.from(set.samples);
  const loadingNs = clock.nowNs() - logs.originNs;
  const loadFault = await faultOfLibrary(() => library.loadSamplesToRam(indices));
  logs.trace?.phase('LoadSamplesToRam', loadingNs, clock.nowNs() - logs.originNs);
  if (loadFault !== undefined) return loadFault;
  const outcome = await action();
  const unloadFault = await faultOfLibrary(() => library.unloadSamplesFromRam(indices));
  return outcome instanceof LoadGenError ? outcome : (unloadFault ?? outcome);
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
