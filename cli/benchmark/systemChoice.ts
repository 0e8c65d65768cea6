import { availableParallelism } from 'node:os';
import { PAIR_IMAGES } from '../../base/pairLayout.js';
import type { TestSettings } from '../../loadgen/index.js';
import type { Precision } from '../../sut/engine.js';
import type { Network } from '../../sut/networks/network.js';
import type { Placement } from '../../sut/placement.js';
import { isRemoteName } from '../../sut/remote/remoteName.js';
import { DEFAULT_IN_FLIGHT } from '../../sut/remote/remotePlacement.js';
import type { TargetOptions } from '../../sut/targets.js';

/** What the command line says of the system under test. */
export interface SystemChoice extends TargetOptions {
  readonly network: Network;
  readonly sutName: string;
  readonly modelFile: string | undefined;
  readonly precision: Precision | undefined;
  readonly workers: number | undefined;
  readonly threads: number | undefined;
  readonly batch: number | undefined;
  /** The Python that runs an engine written in it; undefined for the usual one. */
  readonly python: string | undefined;
  /** How long it may take to be created; the default depends on the system. */
  readonly startTimeoutMs: number | undefined;
  /** Untimed samples in each worker before a performance test. */
  readonly warmUp: number;
  /** Whether it is measured without having embedded reference faces first. */
  readonly unverified: boolean;
}

/**
 * The command line decides, then the config files. Unless either says otherwise, SingleStream has its one pair answered
 * by the issuing thread, on one thread (`docs/decisions/single-stream-placement.md`), and everything else is computed by
 * as many workers as there are cores. Workers that the user wants in SingleStream share each pair. Of a server's machine
 * nothing is known: there, workers are requests at a time.
 */
export function placementFor(settings: TestSettings, choice: SystemChoice): Placement {
  const { sut_workers: workers, sut_threads: configThreads, sut_batch: batch } = settings.extensions;
  const threads = choice.threads ?? configThreads ?? 1;
  const spreadPairs = settings.scenario === 'SingleStream';
  const mostWorkers = isRemoteName(choice.sutName)
    ? DEFAULT_IN_FLIGHT
    : Math.max(1, Math.floor(availableParallelism() / threads));
  const defaultWorkers = spreadPairs ? 0 : mostWorkers;
  return {
    workers: choice.workers ?? workers ?? defaultWorkers,
    threads,
    batch: choice.batch ?? batch ?? PAIR_IMAGES,
    spreadPairs,
  };
}
