import { LoadGenError, loadGenErrorOf, messageOf } from '../../base/errors.js';
import { CompletionRecorder } from '../issue/completionRecorder.js';
import { issueQueries } from '../issue/issueQueries.js';
import { logEnding } from '../logs/endingMessages.js';
import type { RuntimeFigures } from '../platform.js';
import type { GeneratedQueries, SeriesMode } from '../queries/generatedQueries.js';
import { generateQueries } from '../queries/generateQueries.js';
import type { LoadableSampleSet } from '../queries/loadableSets.js';
import { Pauses } from '../queries/pauses.js';
import type { PerformanceMeasurements } from '../results/seriesSummary.js';
import type { SystemUnderTest } from '../systemUnderTest.js';
import { reportProgress } from './progress.js';
import type { RunContext } from './runContext.js';

/** An accuracy run is not timed, so its responses are written whenever this many bytes have gathered. */
const ACCURACY_BLOCK_BYTES = 4 << 20;

/** Issues one series of queries on a loaded set. Returns what was measured, or why the series could not be completed. */
export async function runSeries(
  context: RunContext,
  mode: SeriesMode,
  set: LoadableSampleSet,
): Promise<PerformanceMeasurements | LoadGenError> {
  const { logs, clock, nextIds, scenario } = context;
  const prepared = await prepareQueries(context, mode, set);
  if (prepared instanceof LoadGenError) return prepared;
  const { queries, logsResponse } = prepared;
  const firstIds = { ...nextIds };
  nextIds.query += queries.queryCount;
  nextIds.sample += queries.sampleIndices.length;
  const recorder = new CompletionRecorder({
    clock,
    queries,
    firstSampleId: firstIds.sample,
    logsResponse,
    responseBytes: context.responseBytes,
    sink: (sampleId, sampleIndex, data) => {
      logs.accuracy.keep(sampleId, sampleIndex, data);
      if (mode === 'AccuracyOnly' && logs.accuracy.keptBytes >= ACCURACY_BLOCK_BYTES) logs.accuracy.flush();
    },
  });
  const watch = await watchServer(context.sut);
  if (watch instanceof LoadGenError) return watch;
  const stopMonitor = context.startMonitor(logs.trace !== undefined);
  const stopReporting = reportProgress(context, mode, queries, recorder);
  const ending = await issueQueries({ ...context, mode, queries, firstSampleId: firstIds.sample, recorder });
  logs.trace?.phase(mode, recorder.startNs - logs.originNs, clock.nowNs() - logs.originNs);
  stopReporting();
  const runtime = sinceStart(await stopMonitor(), recorder.startNs);
  logs.trace?.collections(runtime?.collectionTimes ?? [], logs.originNs);
  logs.accuracy.flush();
  logEnding(logs.detail, ending, mode === 'AccuracyOnly' || scenario.issuesAll);
  if (ending.kind === 'fault') return ending.fault;
  if (runtime?.fault !== undefined) return runtime.fault;

  const server = await faultOf(watch);
  if (server instanceof LoadGenError) return server;
  const times = recorder.times();
  logs.trace?.series({
    queries,
    firstQueryId: firstIds.query,
    firstSampleId: firstIds.sample,
    startNs: recorder.startNs - logs.originNs,
    ...times,
  });
  return { queriesIssued: recorder.issuedQueries, samplesPerQuery: queries.samplesPerQuery, ...times, runtime, server };
}

async function watchServer(sut: SystemUnderTest) {
  return faultOf(async () => (await sut.watchServer?.()) ?? (() => Promise.resolve(undefined)));
}

/** What comes of `action`, or what went wrong. */
async function faultOf<Result>(action: () => Promise<Result>): Promise<Result | LoadGenError> {
  try {
    return await action();
  } catch (thrown) {
    const message = `the system under test failed to ask its server for statistics: ${messageOf(thrown)}`;
    return loadGenErrorOf(thrown) ?? new LoadGenError('SUT_FAILED', message, { cause: thrown });
  }
}

function sinceStart(runtime: RuntimeFigures | undefined, startNs: number): RuntimeFigures | undefined {
  if (runtime === undefined) return undefined;
  const pauses = runtime.pauses?.map((pause) => ({ ...pause, startNs: Math.max(0, pause.startNs - startNs) }));
  return { ...runtime, pauses };
}

interface PreparedQueries {
  readonly queries: GeneratedQueries;
  /** Whether the n-th sample's response belongs in the accuracy log; undefined if none does. */
  readonly logsResponse: ((sample: number) => boolean) | undefined;
}

/** Returns the fault if the run is aborted meanwhile. */
async function prepareQueries(
  { settings, scenario, logs, clock, signal, accuracyLogSelection, onProgress }: RunContext,
  mode: SeriesMode,
  set: LoadableSampleSet,
): Promise<PreparedQueries | LoadGenError> {
  onProgress?.({ mode, answeredSamples: 0, share: 0 });
  const pauses = new Pauses(clock, signal);
  try {
    const queries = await generateQueries(settings, mode, set, pauses);
    logs.detail.log(
      ['generated_query_count', queries.queryCount],
      ['generated_samples_per_query', queries.samplesPerQuery],
      ['generated_query_duration', queries.durationNs],
    );
    return { queries, logsResponse: await accuracyLogSelection.select(settings, scenario, mode, queries, pauses) };
  } catch (thrown) {
    if (thrown instanceof LoadGenError) return thrown;
    throw thrown;
  }
}
