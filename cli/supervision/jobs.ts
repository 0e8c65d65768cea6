/** What a supervised process can be asked to do. */
import { LoadGenError } from '../../base/errors.js';
import { responseBytesOf } from '../../base/pairLayout.js';
import {
  type ConfigFile,
  defaultLogSettings,
  monotonicClock,
  startTest,
  type TestResult,
  type TestSettings,
} from '../../platform/node/index.js';
import { openDataset } from '../../qsl/openDataset.js';
import type { ClosableSystemUnderTest } from '../../sut/closableSystemUnderTest.js';
import { networkNamed } from '../../sut/networks/index.js';
import { networkInputOf } from '../../sut/networks/network.js';
import type { Placement } from '../../sut/placement.js';
import {
  type CheckedSystemUnderTest,
  checkSystemUnderTest,
  createSystemUnderTest,
  createVerifiedSystemUnderTest,
} from '../../sut/systemsUnderTest.js';
import { logNotes } from '../benchmark/logNotes.js';
import type { SystemChoice } from '../benchmark/systemChoice.js';
import type { DatasetArguments } from '../datasetOptions.js';
import { noisePairs } from '../tune/measure.js';
import { type Measurement, type TuneOptions, tuneScenario } from '../tune/tuneScenario.js';
import { type PlainError, plainError, type Report } from './messages.js';
import type { Stage } from './stages.js';

/** A `SystemChoice` that can be sent: a network has functions. */
export type SentSystem = Omit<SystemChoice, 'network'> & { readonly network: string };

export interface JobContext {
  readonly signal: AbortSignal;
  readonly enter: (stage: Stage) => void;
  readonly reportSystem: (system: Pick<ClosableSystemUnderTest, 'name' | 'configuration'>) => void;
  readonly reportExpectation: (expectation: Omit<Extract<Report, { type: 'expectation' }>, 'type'>) => void;
  readonly reportProgress: (share: number) => void;
}

/** A job's result, sent before the system is closed. */
interface Finished<Result> {
  readonly result: Result;
  readonly close: () => void | Promise<void>;
}

export interface MeasureOptions {
  readonly system: SentSystem;
  readonly placement: Placement;
  readonly dataset: DatasetArguments & { readonly spread?: number };
  /** The digest of the data set that the supervisor has opened. */
  readonly datasetSha256: string;
  readonly settings: TestSettings;
  readonly auditConfig: ConfigFile | undefined;
  readonly outdir: string;
  readonly enableTrace: boolean;
  readonly responseTimeoutMs: number | undefined;
  readonly measureExpectation: boolean;
  /** The least cosines of slow engines that embedded the reference faces before. */
  readonly slowEngines: ReadonlyMap<string, number>;
}

type EndState =
  | { readonly state: 'completed'; readonly peakQps: number | undefined }
  | { readonly state: 'brokenOff'; readonly reason: PlainError };

export type MeasureResult = EndState & {
  readonly durationNs: number;
  readonly slowEngines: ReadonlyMap<string, number>;
};

export interface JobTypes {
  check: { options: { system: SentSystem; placements: readonly Placement[] }; result: CheckedSystemUnderTest };
  measure: { options: MeasureOptions; result: MeasureResult };
  tune: {
    options: Pick<TuneOptions, 'scenario' | 'candidates' | 'seconds'> & { readonly system: SentSystem };
    result: readonly Measurement[];
  };
}
export type JobName = keyof JobTypes;

type Jobs = {
  readonly [Name in JobName]: (
    options: JobTypes[Name]['options'],
    context: JobContext,
  ) => Promise<Finished<JobTypes[Name]['result']>>;
};

const JOBS: Jobs = { check, measure, tune };

/** The options come from the supervisor, which is this program. */
export function findJob(name: string): (options: unknown, context: JobContext) => Promise<Finished<unknown>> {
  const found = Object.entries(JOBS).find(([known]) => known === name)?.[1];
  if (found === undefined) throw new RangeError(`there is no job ${name}`);
  return found as (options: unknown, context: JobContext) => Promise<Finished<unknown>>;
}

async function check(
  { system, placements }: JobTypes['check']['options'],
  { enter }: JobContext,
): Promise<Finished<CheckedSystemUnderTest>> {
  enter('create');
  const options = { ...receivedSystem(system), placements, onCreated: () => enter('close') };
  return { result: await checkSystemUnderTest(system.sutName, options), close: () => {} };
}

async function measure(options: MeasureOptions, context: JobContext): Promise<Finished<MeasureResult>> {
  const { settings, auditConfig, outdir, enableTrace, responseTimeoutMs } = options;
  const { signal, enter } = context;
  const network = networkNamed(options.system.network);
  const dataset = await openDataset({ ...options.dataset, ...networkInputOf(network) });
  if (dataset.digest !== options.datasetSha256)
    throw new LoadGenError('QSL_CHANGED', `the faces of ${dataset.library.name} changed while they were in use`);
  enter('create');
  const umask = process.umask();
  const slowEngines = new Map(options.slowEngines);
  const sut = await createSystem(options, dataset.library, slowEngines, enter);
  const configuration = options.system.unverified ? { ...sut.configuration, unverified: 'true' } : sut.configuration;
  context.reportSystem({ name: sut.name, configuration });
  // The supervisor reads the logs, whatever the system has set.
  process.umask(umask);
  enter(settings.mode === 'AccuracyOnly' ? 'prepare' : 'warmUp');
  const startedNs = monotonicClock.nowNs();
  let lastProgress = '';
  const ended = await startTest(
    sut,
    dataset.library,
    settings,
    { ...defaultLogSettings(), outdir, enableTrace },
    {
      signal,
      onProgress: ({ mode, answeredSamples, share }) => {
        // Only what gets on: the supervisor ends what does not.
        const progress = [mode, answeredSamples, share].join();
        if (progress === lastProgress) return;
        lastProgress = progress;
        enter(share < 1 ? 'measure' : 'finish');
        context.reportProgress(share);
      },
      warmUpSamples: options.system.warmUp * Math.max(1, options.placement.workers),
      measureExpectation: options.measureExpectation,
      onExpectation: ({ settings, ...expectation }) =>
        context.reportExpectation({ ...expectation, settings: numbersOf(settings) }),
      notes: logNotes(dataset, configuration),
      responseBytes: responseBytesOf(network.shape),
      ...(auditConfig === undefined ? {} : { auditConfig }),
      ...(responseTimeoutMs === undefined ? {} : { responseTimeoutMs }),
    },
  );
  const durationNs = monotonicClock.nowNs() - startedNs;
  return { result: { ...endState(ended), durationNs, slowEngines }, close: () => sut.close() };
}

function numbersOf(settings: Partial<TestSettings>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(settings).filter((entry): entry is [string, number] => typeof entry[1] === 'number'),
  );
}

function createSystem(
  { system, placement, responseTimeoutMs }: MeasureOptions,
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

function endState(result: TestResult): EndState {
  if (result.state === 'brokenOff') return { state: 'brokenOff', reason: plainError(result.reason) };
  const { performance } = result;
  const isMet = performance?.performanceConstraint?.met === true;
  return { state: 'completed', peakQps: isMet ? performance.settings.targetQps : undefined };
}

async function tune(
  { system, ...options }: JobTypes['tune']['options'],
  { signal, enter, reportProgress }: JobContext,
): Promise<Finished<readonly Measurement[]>> {
  const received = receivedSystem(system);
  const result = await tuneScenario({
    ...options,
    system: received,
    inputs: noisePairs(received.network.shape),
    signal,
    enter,
    onProgress: reportProgress,
  });
  return { result, close: () => {} };
}

function receivedSystem({ network, ...system }: SentSystem): SystemChoice {
  return { ...system, network: networkNamed(network) };
}
