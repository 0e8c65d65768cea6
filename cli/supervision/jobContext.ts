/** What every job of a supervised process is given, and how one opens a system under test. */
import { LoadGenError } from '../../base/errors.js';
import { type OpenedDataset, openDataset } from '../../qsl/openDataset.js';
import type { ClosableSystemUnderTest } from '../../sut/closableSystemUnderTest.js';
import { networkNamed } from '../../sut/networks/index.js';
import { networkInputOf } from '../../sut/networks/network.js';
import type { Placement } from '../../sut/placement.js';
import { isRemoteName } from '../../sut/remote/remoteName.js';
import { createSystemUnderTest, createVerifiedSystemUnderTest } from '../../sut/systemsUnderTest.js';
import type { SystemChoice } from '../benchmark/systemChoice.js';
import type { DatasetArguments } from '../datasetOptions.js';
import type { Report } from './messages.js';
import type { Stage } from './stages.js';

/** A `SystemChoice` that can be sent: a network has functions. */
export type SentSystem = Omit<SystemChoice, 'network'> & { readonly network: string };

export interface JobContext {
  readonly signal: AbortSignal;
  readonly enter: (stage: Stage) => void;
  readonly reportSystem: (system: Pick<ClosableSystemUnderTest, 'name' | 'configuration'>) => void;
  readonly reportExpectation: (expectation: Omit<Extract<Report, { type: 'expectation' }>, 'type'>) => void;
  readonly reportProgress: (share: number) => void;
  /** What the supervisor asks, one after another; ends when there is no more, or the signal aborts. */
  readonly requests: AsyncIterable<unknown>;
  readonly answer: (content: unknown) => void;
}

/** A job's result, sent before the system is closed. */
export interface Finished<Result> {
  readonly result: Result;
  readonly close: () => void | Promise<void>;
}

/** A system under test and the pairs that it is asked for. */
export interface SystemOptions {
  readonly system: SentSystem;
  readonly placement: Placement;
  readonly dataset: DatasetArguments & { readonly spread?: number };
  /** The digest of the data set that the supervisor has opened. */
  readonly datasetSha256: string;
  readonly responseTimeoutMs: number | undefined;
  /** The least cosines of slow engines that embedded the reference faces before. */
  readonly slowEngines: ReadonlyMap<string, number>;
}

export interface OpenedSystem {
  readonly sut: ClosableSystemUnderTest;
  readonly dataset: OpenedDataset;
  /** As logs state it. */
  readonly configuration: ClosableSystemUnderTest['configuration'];
  readonly slowEngines: Map<string, number>;
}

/** Opens the data set and the system, has it embed reference faces unless told otherwise, and reports it. */
export async function openSystem(options: SystemOptions, context: JobContext): Promise<OpenedSystem> {
  const network = networkNamed(options.system.network);
  const dataset = await openDataset({ ...options.dataset, ...networkInputOf(network) });
  if (dataset.digest !== options.datasetSha256)
    throw new LoadGenError('QSL_CHANGED', `the faces of ${dataset.library.name} changed while they were in use`);
  context.enter('create');
  const umask = process.umask();
  const slowEngines = new Map(options.slowEngines);
  const sut = await createSystem(options, dataset.library, slowEngines, context.enter);
  const configuration = statedConfiguration(sut, options.system);
  context.reportSystem({ name: sut.name, configuration });
  // The supervisor reads the logs, whatever the system has set.
  process.umask(umask);
  return { sut, dataset, configuration, slowEngines };
}

function statedConfiguration(
  { configuration }: ClosableSystemUnderTest,
  { unverified, sutName }: SentSystem,
): ClosableSystemUnderTest['configuration'] {
  if (!unverified) return configuration;
  const { weightsSha256, ...others } = configuration;
  // Only its embeddings tell what weights a server has.
  const isKnown = weightsSha256 !== undefined && !isRemoteName(sutName);
  return { ...others, ...(isKnown ? { weightsSha256 } : {}), unverified: 'true' };
}

export function receivedSystem({ network, ...system }: SentSystem): SystemChoice {
  return { ...system, network: networkNamed(network) };
}

function createSystem(
  { system, placement, responseTimeoutMs }: SystemOptions,
  inputs: Parameters<typeof createSystemUnderTest>[1]['inputs'],
  slowEngines: Map<string, number>,
  enter: JobContext['enter'],
): Promise<ClosableSystemUnderTest> {
  const options = { ...receivedSystem(system), inputs, placement };
  if (system.unverified) return createSystemUnderTest(system.sutName, options);
  const onCreated = () => enter('verify');
  return createVerifiedSystemUnderTest(system.sutName, {
    ...options,
    onCreated,
    slowEngines,
    timeoutMs: responseTimeoutMs,
  });
}
