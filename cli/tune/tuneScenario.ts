import { LoadGenError, loadGenErrorOf, messageOf } from '../../base/errors.js';
import type { ClosableSystemUnderTest } from '../../sut/closableSystemUnderTest.js';
import type { Placement } from '../../sut/placement.js';
import { isRemoteName } from '../../sut/remote/remoteName.js';
import { createSystemUnderTest } from '../../sut/systemsUnderTest.js';
import type { SystemChoice } from '../benchmark/systemChoice.js';
import { holdFinals, type Standing } from './finals.js';
import type { noisePairs } from './measure.js';
import { medianLatencyNs, pairsPerSecond } from './measure.js';

export type TunedScenario = 'SingleStream' | 'Offline';

export interface Measurement {
  readonly placement: Placement;
  /** SingleStream: median latency of a pair; Offline: time over number of pairs. */
  readonly pairNs: number;
  /** To the chosen one's, of finalists; null of the others and of the chosen one. */
  readonly ratio: Standing['ratio'];
}

export interface TuneOptions {
  readonly system: SystemChoice;
  readonly inputs: ReturnType<typeof noisePairs>;
  readonly scenario: TunedScenario;
  readonly candidates: readonly Placement[];
  /** How long each candidate is measured, and the best in turns at the most, all together. */
  readonly seconds: { readonly first: number; readonly finals: number };
  readonly signal: AbortSignal;
  /** Called when a system is created, and when it is measured. */
  readonly enter?: (stage: 'create' | 'measure') => void;
  /** Called before each measurement with the share that is done. */
  readonly onProgress: (share: number) => void;
}

/** So many go into the finals: on a busy machine the first round tells no more than which are not far behind. */
const FINALISTS = 3;

/**
 * Measures all candidates, then the best again in turns, as a duel does, and gives what was measured: the chosen one first,
 * then the other finalists, then the others, the fastest of each first. Among finalists of which none is shown to be
 * faster, the one that stands first among the candidates is chosen. Placements that the engine does not follow (it says how
 * many threads it uses) are left out.
 */
export async function tuneScenario({
  candidates,
  seconds,
  onProgress,
  ...options
}: TuneOptions): Promise<Measurement[]> {
  const total = candidates.length * seconds.first + seconds.finals;
  const first: Measurement[] = [];
  for (const [index, placement] of candidates.entries()) {
    onProgress((index * seconds.first) / total);
    const measurement = await measurePlacement(options, placement, seconds.first);
    if (measurement !== undefined) first.push(measurement);
  }
  first.sort(byTime);
  const best = new Set(first.slice(0, FINALISTS).map(({ placement }) => placement));
  const finals = await measureFinals(
    options,
    candidates.filter((placement) => best.has(placement)),
    seconds.finals,
    (share) => onProgress((candidates.length * seconds.first + share * seconds.finals) / total),
  );
  return [...finals, ...first.slice(FINALISTS)];
}

type SystemOptions = Omit<TuneOptions, 'candidates' | 'seconds' | 'onProgress'>;

/** Undefined for a placement that the engine does not follow. */
async function measurePlacement(
  options: SystemOptions,
  placement: Placement,
  seconds: number,
): Promise<Measurement | undefined> {
  return withSystems(options, [placement], async ([sut]) => {
    if (sut === undefined) return undefined;
    // A server says nothing of its threads.
    const isFollowed =
      isRemoteName(options.system.sutName) || sut.configuration.threadsPerInference === placement.threads;
    if (!isFollowed) return undefined;
    const { pairCount } = options.inputs;
    const pairNs =
      options.scenario === 'SingleStream'
        ? await medianLatencyNs(sut, pairCount, seconds)
        : 1e9 / (await pairsPerSecond(sut, pairCount, seconds));
    return { placement, pairNs, ratio: null };
  });
}

async function measureFinals(
  options: SystemOptions,
  placements: readonly Placement[],
  seconds: number,
  onProgress: (share: number) => void,
): Promise<Measurement[]> {
  const [only, ...others] = placements;
  if (only === undefined) return [];
  if (others.length === 0) {
    const measured = await measurePlacement(options, only, seconds);
    return measured === undefined ? [] : [measured];
  }
  const { scenario, inputs, signal } = options;
  return withSystems(options, placements, async (systems) => {
    const { pairCount } = inputs;
    const { chosen, standings } = await holdFinals(systems, { scenario, pairCount, seconds, signal, onProgress });
    const measured = placements.flatMap((placement, index) => {
      const standing = standings[index];
      return standing === undefined ? [] : [{ placement, ...standing }];
    });
    const [winner] = measured.splice(chosen, 1);
    return winner === undefined ? [] : [winner, ...measured.sort(byTime)];
  });
}

/** Creates a system for each placement, and closes all of them at the end, and when it is aborted. */
async function withSystems<T>(
  { system, inputs, signal, enter }: SystemOptions,
  placements: readonly Placement[],
  measure: (systems: readonly ClosableSystemUnderTest[]) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  const { network, sutName, modelFile, precision, python, device, provider } = system;
  const systems: ClosableSystemUnderTest[] = [];
  const close = () => Promise.all(systems.map((sut) => sut.close()));
  signal.addEventListener('abort', close);
  try {
    enter?.('create');
    for (const placement of placements)
      systems.push(
        await createSystemUnderTest(sutName, {
          ...{ inputs, network, modelFile, precision, placement, python, device, provider },
        }),
      );
    enter?.('measure');
    return await measure(systems);
  } catch (thrown) {
    signal.throwIfAborted();
    throw loadGenErrorOf(thrown) ?? new LoadGenError('TUNE_FAILED', messageOf(thrown), { cause: thrown });
  } finally {
    signal.removeEventListener('abort', close);
    await close();
  }
}

function byTime(a: Measurement, b: Measurement): number {
  return a.pairNs - b.pairNs;
}
