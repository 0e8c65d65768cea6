/** What a supervised process can be asked to do. */
import { responseBytesOf } from '../../base/pairLayout.js';
import {
  type ConfigFile,
  defaultLogSettings,
  monotonicClock,
  startTest,
  type TestResult,
  type TestSettings,
} from '../../platform/node/index.js';
import { networkNamed } from '../../sut/networks/index.js';
import type { Placement } from '../../sut/placement.js';
import { type CheckedSystemUnderTest, checkSystemUnderTest } from '../../sut/systemsUnderTest.js';
import { logNotes } from '../benchmark/describeRun.js';
import type { ContestResult } from '../duel/contest.js';
import type { Measurement, TuneOptions } from '../tune/tuneScenario.js';
import {
  type Finished,
  type JobContext,
  openSystem,
  receivedSystem,
  type SentSystem,
  type SystemOptions,
} from './jobContext.js';
import { type PlainError, plainError } from './messages.js';

export interface MeasureOptions extends SystemOptions {
  readonly settings: TestSettings;
  readonly auditConfig: ConfigFile | undefined;
  readonly outdir: string;
  readonly enableTrace: boolean;
  readonly measureExpectation: boolean;
  readonly runId: string | undefined;
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
  contest: { options: SystemOptions; result: ContestResult };
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

/** What only one of them needs is loaded by it: each test waits for this process to start. */
const JOBS: Jobs = {
  check,
  measure,
  contest: async (options, context) => (await import('../duel/contest.js')).contest(options, context),
  tune,
};

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
  const { settings, auditConfig, outdir, enableTrace, responseTimeoutMs, runId } = options;
  const { signal, enter } = context;
  const { sut, dataset, configuration, slowEngines } = await openSystem(options, context);
  enter(settings.mode === 'AccuracyOnly' ? 'prepare' : 'warmUp');
  // While queries are out: how long logs take depends on the disk.
  let [startedNs, endedNs] = [0, 0];
  let lastProgress = '';
  const ended = await startTest(
    sut,
    dataset.library,
    settings,
    { ...defaultLogSettings(), outdir, enableTrace },
    {
      signal,
      onProgress: ({ mode, answeredSamples, share }) => {
        endedNs = monotonicClock.nowNs();
        startedNs ||= endedNs;
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
      notes: logNotes(dataset, configuration, runId),
      responseBytes: responseBytesOf(networkNamed(options.system.network).shape),
      ...(auditConfig === undefined ? {} : { auditConfig }),
      ...(responseTimeoutMs === undefined ? {} : { responseTimeoutMs }),
    },
  );
  return { result: { ...endState(ended), durationNs: endedNs - startedNs, slowEngines }, close: () => sut.close() };
}

function numbersOf(settings: Partial<TestSettings>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(settings).filter((entry): entry is [string, number] => typeof entry[1] === 'number'),
  );
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
  const { noisePairs } = await import('../tune/measure.js');
  const { tuneScenario } = await import('../tune/tuneScenario.js');
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
