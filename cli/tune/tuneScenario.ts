import { LoadGenError, loadGenErrorOf, messageOf } from '../../base/errors.js';
import type { Placement } from '../../sut/placement.js';
import { createSystemUnderTest } from '../../sut/systemsUnderTest.js';
import type { SystemChoice } from '../benchmark/systemChoice.js';
import type { noisePairs } from './measure.js';
import { medianLatencyNs, pairsPerSecond } from './measure.js';

export type TunedScenario = 'SingleStream' | 'Offline';

export interface Measurement {
  readonly placement: Placement;
  /** SingleStream: median latency of a pair; Offline: time over number of pairs. */
  readonly pairNs: number;
}

export interface TuneOptions {
  readonly system: SystemChoice;
  readonly inputs: ReturnType<typeof noisePairs>;
  readonly scenario: TunedScenario;
  readonly candidates: readonly Placement[];
  /** How long each candidate is measured, and each of the best again. */
  readonly seconds: { readonly first: number; readonly second: number };
  readonly signal: AbortSignal;
  /** Called when a system is created, and when it is measured. */
  readonly enter?: (stage: 'create' | 'measure') => void;
  /** Called before each measurement with the share that is done. */
  readonly onProgress: (share: number) => void;
}

/** So many go into the second round: on a busy machine the first one tells no more than which are not far behind. */
const FINALISTS = 3;

/**
 * Measures all candidates, then the best again for longer, and gives what was measured, the fastest first: those of the
 * second round, then the others. Placements that the engine does not follow (it says how many threads it uses) are left
 * out.
 */
export async function tuneScenario({
  candidates,
  seconds,
  onProgress,
  ...options
}: TuneOptions): Promise<Measurement[]> {
  const total = candidates.length * seconds.first + FINALISTS * seconds.second;
  const first: Measurement[] = [];
  for (const [index, placement] of candidates.entries()) {
    onProgress((index * seconds.first) / total);
    const measurement = await measurePlacement(options, placement, seconds.first);
    if (measurement !== undefined) first.push(measurement);
  }
  first.sort(byTime);
  const finals: Measurement[] = [];
  for (const [index, { placement }] of first.slice(0, FINALISTS).entries()) {
    onProgress((candidates.length * seconds.first + index * seconds.second) / total);
    const measurement = await measurePlacement(options, placement, seconds.second);
    if (measurement !== undefined) finals.push(measurement);
  }
  return [...finals.sort(byTime), ...first.slice(FINALISTS)];
}

async function measurePlacement(
  { system, inputs, scenario, signal, enter }: Omit<TuneOptions, 'candidates' | 'seconds' | 'onProgress'>,
  placement: Placement,
  seconds: number,
): Promise<Measurement | undefined> {
  signal.throwIfAborted();
  const { network, sutName, modelFile, precision } = system;
  enter?.('create');
  const sut = await createSystemUnderTest(sutName, { inputs, network, modelFile, precision, placement });
  enter?.('measure');
  const close = () => sut.close();
  signal.addEventListener('abort', close);
  try {
    if (sut.configuration.threadsPerInference !== placement.threads) return undefined;
    const pairNs =
      scenario === 'SingleStream'
        ? await medianLatencyNs(sut, inputs.pairCount, seconds)
        : 1e9 / (await pairsPerSecond(sut, inputs.pairCount, seconds));
    return { placement, pairNs };
  } catch (thrown) {
    signal.throwIfAborted();
    throw loadGenErrorOf(thrown) ?? new LoadGenError('TUNE_FAILED', messageOf(thrown), { cause: thrown });
  } finally {
    signal.removeEventListener('abort', close);
    await sut.close();
  }
}

function byTime(a: Measurement, b: Measurement): number {
  return a.pairNs - b.pairNs;
}
