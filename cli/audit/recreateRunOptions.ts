import { LoadGenError } from '../../base/errors.js';
import type { ConfigPaths } from '../../runs/configCopies.js';
import { configCopies } from '../../runs/configCopies.js';
import type { RepeatableRun, RunRequest } from '../../runs/jsonFormats.js';
import { readRepeatableRun } from '../../runs/runJson.js';
import { PRECISIONS } from '../../sut/engine.js';
import type { SystemChoice } from '../benchmark/systemChoice.js';
import type { DatasetArguments } from '../datasetOptions.js';
import { systemChoiceOf } from '../systemOptions.js';

/** What a run's folder does not say, because it may name the owner of the machine. */
export interface ReSuppliedPaths {
  readonly sut: string | undefined;
  readonly model: string | undefined;
  readonly dataset: string | undefined;
  readonly pairsFile: string | undefined;
  readonly python: string | undefined;
}

/** All that it takes to run something as an earlier run was made. */
export interface RunOptions {
  readonly made: RepeatableRun;
  readonly system: SystemChoice;
  readonly dataset: DatasetArguments;
  readonly confs: ConfigPaths;
}

/**
 * @throws RUN_JSON if run.json does not say how the run was made
 * @throws AUDIT_RUN with everything that rules an audit out, or has to be given again
 */
export async function recreateRunOptions(runFolder: string, given: ReSuppliedPaths): Promise<RunOptions> {
  const made = await readRepeatableRun(runFolder);
  const { request, network } = made;
  const precision = PRECISIONS.find((known) => known === request.precision);
  const faults = [
    ...(made.quick ? ['it was made with --quick, expected a complete run'] : []),
    ...(request.precision === (precision ?? null)
      ? []
      : [`it was made with the unknown precision ${request.precision}`]),
    ...faultsOfGiven(request, given),
  ];
  if (faults.length > 0) throw new LoadGenError('AUDIT_RUN', `${runFolder}: ${faults.join('; ')}`);
  const system = systemChoiceOf({
    network,
    sut: given.sut ?? request.sut ?? '',
    model: given.model,
    precision,
    workers: request.workers ?? undefined,
    threads: request.threads ?? undefined,
    batch: request.batch ?? undefined,
    device: request.device ?? undefined,
    provider: request.provider ?? undefined,
    python: given.python,
    warmUp: request.warmUp,
    unverified: request.unverified,
  });
  const dataset = {
    network,
    dataset: given.dataset ?? request.dataset ?? '',
    pairsFile: given.pairsFile,
    pairs: request.pairs ?? undefined,
    set: request.set ?? undefined,
    skipMissing: request.skipMissing,
    applyOrientation: request.applyOrientation,
  };
  return { made, system, dataset, confs: configCopies(runFolder) };
}

function faultsOfGiven(request: RunRequest, given: ReSuppliedPaths): string[] {
  const wanted: readonly [option: string, wasGiven: boolean, isGiven: boolean][] = [
    ['--sut', request.sut === null, given.sut !== undefined],
    ['--model', request.ownModel, given.model !== undefined],
    ['--dataset', request.dataset === null, given.dataset !== undefined],
    ['--pairs-file', request.ownPairsFile, given.pairsFile !== undefined],
  ];
  return wanted.flatMap(([option, wasGiven, isGiven]) => {
    if (wasGiven && !isGiven) return [`it was made with a ${option} of your own, expected the same again`];
    if (isGiven && !wasGiven) return [`it was made without ${option} of your own, found one`];
    return [];
  });
}
