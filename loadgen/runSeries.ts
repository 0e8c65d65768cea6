import type { Clock } from '../base/clock.js';
import { elementAt } from '../base/elementAt.js';
import { LoadGenError, messageOf } from '../base/errors.js';
import { CompletionRecorder } from './issue/completionRecorder.js';
import { issueQueries } from './issue/issueQueries.js';
import type { QueryPacer } from './issue/queryPacer.js';
import type { SeriesEnding } from './issue/seriesEnding.js';
import type { RunLogs } from './logs/runLogs.js';
import type { AbortSignalLike, StartRuntimeMonitor } from './platform.js';
import type { AccuracyLogSelection } from './queries/accuracyLogSelection.js';
import { type GeneratedQueries, generateQueries } from './queries/generateQueries.js';
import type { LoadableSampleSet } from './queries/loadableSets.js';
import { Pauses } from './queries/pauses.js';
import type { SeriesMode } from './queries/queryPlan.js';
import type { QuerySampleLibrary } from './querySampleLibrary.js';
import type { PerformanceMeasurements } from './results/performanceSummary.js';
import type { EffectiveSettings } from './settings/effectiveSettings.js';
import type { SystemUnderTest } from './systemUnderTest.js';

/** How far a series is. */
export interface RunProgress {
  readonly mode: SeriesMode;
  readonly answeredSamples: number;
  /** From 0 to 1; 1 once it may end. */
  readonly share: number;
}

/** What all series of a run share. */
export interface RunContext {
  readonly sut: SystemUnderTest;
  readonly library: QuerySampleLibrary;
  readonly settings: EffectiveSettings;
  readonly logs: RunLogs;
  readonly clock: Clock;
  readonly pace: QueryPacer;
  readonly responseTimeoutMs: number;
  readonly signal: AbortSignalLike | undefined;
  readonly startMonitor: StartRuntimeMonitor;
  readonly onProgress: ((progress: RunProgress) => void) | undefined;
  readonly accuracyLogSelection: AccuracyLogSelection;
  /** Ids go on from one series to the next. */
  readonly nextIds: { query: number; sample: number };
}

const PROGRESS_INTERVAL_MS = 200;
/** An accuracy run is not timed: its responses are written down whenever this much has gathered. */
const ACCURACY_BLOCK_BYTES = 4 << 20;

/** Loads a set of samples for the time of `action`; gives what that gave, or the library's fault. */
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

/** Issues one series of queries on a loaded set, and measures; or says why it broke off. */
export async function runSeries(
  context: RunContext,
  mode: SeriesMode,
  set: LoadableSampleSet,
): Promise<PerformanceMeasurements | LoadGenError> {
  const { settings, logs, clock, nextIds } = context;
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
    sink: (sampleId, sampleIndex, data) => {
      logs.accuracy.keep(sampleId, sampleIndex, data);
      if (mode === 'AccuracyOnly' && logs.accuracy.keptBytes >= ACCURACY_BLOCK_BYTES) logs.accuracy.flush();
    },
  });
  const stopMonitor = context.startMonitor(logs.trace !== undefined);
  const stopReporting = reportProgress(context, mode, queries, recorder);
  const ending = await issueQueries({ ...context, mode, queries, firstSampleId: firstIds.sample, recorder });
  logs.trace?.phase(mode, recorder.startNs - logs.originNs, clock.nowNs() - logs.originNs);
  stopReporting();
  const runtime = await stopMonitor();
  logs.trace?.collections(runtime?.collectionTimes ?? [], logs.originNs);
  logs.accuracy.flush();
  logEnding(context, mode, ending);
  if (ending.kind === 'fault') return ending.fault;

  const { scheduledNs, issuedNs } = recorder.queryTimes();
  const sampleLatenciesNs = recorder.takeLatenciesNs();
  logs.trace?.series({
    queries,
    firstQueryId: firstIds.query,
    firstSampleId: firstIds.sample,
    startNs: recorder.startNs - logs.originNs,
    scheduledNs,
    issuedNs,
    sampleLatenciesNs,
  });
  return {
    queriesIssued: recorder.issuedQueries,
    sampleLatenciesNs,
    samplesPerQuery: queries.samplesPerQuery,
    finalQueryScheduledNs: scheduledNs.at(-1) ?? 0,
    finalQueryIssuedNs: issuedNs.at(-1) ?? 0,
    issueDelaysNs:
      settings.scenario === 'Server'
        ? issuedNs.map((ns, query) => Math.round(ns - elementAt(scheduledNs, query)))
        : new Float64Array(0),
    runtime,
  };
}

interface PreparedQueries {
  readonly queries: GeneratedQueries;
  /** Whether the n-th sample's response belongs into the accuracy log; undefined: none does. */
  readonly logsResponse: ((sample: number) => boolean) | undefined;
}

/** Says where the run was aborted meanwhile. */
async function prepareQueries(
  { settings, logs, clock, signal, accuracyLogSelection, onProgress }: RunContext,
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
    return { queries, logsResponse: await accuracyLogSelection.select(settings, mode, queries, pauses) };
  } catch (thrown) {
    if (thrown instanceof LoadGenError) return thrown;
    throw thrown;
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

/** The official lines about how issuing ended. */
function logEnding({ logs, settings }: RunContext, mode: SeriesMode, ending: SeriesEnding): void {
  switch (ending.kind) {
    case 'durationMet':
      logs.detail.log(['generic_message', 'Ending naturally: Minimum query count and test duration met.']);
      return;
    case 'maxQueryCount':
      logs.detail.error(
        'error_runtime',
        `IssueQueryThread 0 Ending early: Max query count reached. query_count ${ending.queryCount}`,
      );
      return;
    case 'maxDuration':
      logs.detail.error(
        'error_runtime',
        `IssueQueryThread 0 Ending early: Max test duration reached. duration_ns ${Math.round(ending.durationNs)}`,
      );
      return;
    case 'maxAsyncQueries':
      logs.detail.error(
        'error_runtime',
        `IssueQueryThread 0 Ending early: Too many outstanding queries. issued ${ending.issued} outstanding ${ending.outstanding}`,
      );
      return;
    case 'allIssued':
      // In accuracy mode, and in Server, that is how a series ends.
      if (mode === 'PerformanceOnly' && settings.scenario !== 'Server')
        logs.detail.error('error_runtime', RAN_OUT_OF_QUERIES);
      return;
    case 'fault':
      return;
  }
}

const RAN_OUT_OF_QUERIES =
  'Ending early: Ran out of generated queries to issue before the minimum query count and test duration were reached. ' +
  'Please update the relevant expected latency or target qps in the TestSettings so they are more accurate.';

function reportProgress(
  { onProgress, clock, settings }: RunContext,
  mode: SeriesMode,
  queries: GeneratedQueries,
  recorder: CompletionRecorder,
): () => void {
  if (onProgress === undefined) return () => {};
  let cancel = () => {};
  const report = () => {
    const { answeredSamples, issuedQueries } = recorder;
    const elapsedMs = (clock.nowNs() - recorder.startNs) / 1e6;
    const everyQueryIsIssued =
      mode === 'AccuracyOnly' || settings.scenario === 'Offline' || settings.scenario === 'Server';
    const share = everyQueryIsIssued
      ? answeredSamples / queries.sampleIndices.length
      : Math.min(
          1,
          issuedQueries / Math.max(1, settings.minQueryCount),
          elapsedMs / Math.max(1, settings.targetDurationMs),
        );
    onProgress({ mode, answeredSamples, share });
    cancel = clock.schedule(report, PROGRESS_INTERVAL_MS);
  };
  cancel = clock.schedule(report, PROGRESS_INTERVAL_MS);
  return () => {
    cancel();
    onProgress({ mode, answeredSamples: recorder.answeredSamples, share: 1 });
  };
}
