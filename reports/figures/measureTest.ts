import { printable } from '../../base/text.js';
import { ENERGY_KEYS } from '../../loadgen/logs/energyReport.js';
import { GOVERNOR_KEY, MACHINE_NUMBER_KEYS } from '../../loadgen/logs/machineReport.js';
import { SERVER_KEYS } from '../../loadgen/logs/serverReport.js';
import { queryLatencies } from '../../loadgen/results/latencyStatistics.js';
import type { LogValues } from '../../logs/detail/values.js';
import { PAUSES_KEY } from '../../logs/detail/write.js';
import type { LatencySource, TestLogs } from '../../runs/testLogs.js';
import { coarseClockOf } from './clockStep.js';
import { invalidReasonsOf, NO_ANGLE } from './invalidReasons.js';
import { latencyTrend } from './latencyTrend.js';
import {
  isOtherAccuracy,
  type MeasuredAccuracy,
  measuredAccuracy,
  ONLY_SHORTENED_LOG,
  otherAccuracyRemark,
} from './measuredAccuracy.js';
import { type MeasuredFigure, readFigures } from './readFigures.js';
import type { TestRecord } from './runRecord.js';

/** A test with its figures. One that was broken off has none. */
export interface MeasuredTest {
  readonly test: TestRecord;
  readonly figures: readonly MeasuredFigure[];
  readonly accuracy: MeasuredAccuracy | undefined;
}

const NOTHING_JUDGED = { accuracy: undefined, remarks: [] };

/** Text from the logs is printable, and cut where it is too long. */
export async function measureTest(opened: TestLogs): Promise<MeasuredTest> {
  const log = await opened.detail();
  const mode = log.string('effective_test_mode');
  const isPerformance = mode !== 'AccuracyOnly';
  // An aborted run has a verdict and no figures; an accuracy run has a verdict only where it was aborted.
  const hasVerdict = isPerformance || log.has('result_validity');
  const invalidReasons = hasVerdict ? invalidReasonsOf(log) : [];
  const isAborted = invalidReasons.length > 0 && !(isPerformance && hasResult(log));
  const { accuracy, remarks } = isAborted ? NOTHING_JUDGED : await accuracyAndRemarks(opened, mode);
  if (mode === 'AccuracyOnly' && Number.isNaN(accuracy?.accuracy)) invalidReasons.push(NO_ANGLE);
  const source = isPerformance && !isAborted ? await opened.latencies() : undefined;
  const validity = invalidReasons.length > 0 ? 'INVALID' : hasVerdict ? 'VALID' : null;
  const reasons = invalidReasons.map((reason) => printable(reason));
  const figures = source === undefined ? [] : readFigures(log, source);
  return {
    test: {
      ...testRecord(opened.folder, log),
      ...{ validity, invalidReasons: reasons, latencies: source?.from ?? null },
      ...trendOf(log, source),
      ...coarseClockOf(log, figures),
      remarks,
    },
    figures,
    accuracy,
  };
}

/** Whether a test ended before it had a result. */
export function isBrokenOff({ test, figures, accuracy }: MeasuredTest): boolean {
  return test.validity === 'INVALID' && figures.length === 0 && accuracy === undefined;
}

/** Whether its figures do not count. A SubmissionRun has a verdict on its performance alone. */
export function isInvalid({ test, accuracy }: MeasuredTest): boolean {
  return test.validity === 'INVALID' || Number.isNaN(accuracy?.accuracy);
}

async function accuracyAndRemarks(
  opened: TestLogs,
  mode: string,
): Promise<{ accuracy: MeasuredAccuracy | undefined; remarks: string[] }> {
  const stated = await measuredAccuracy(opened, mode);
  if (stated === ONLY_SHORTENED_LOG) return { accuracy: undefined, remarks: [stated] };
  const remarks = [otherAccuracyRemark(stated) ?? []].flat();
  return { accuracy: isOtherAccuracy(stated) ? undefined : stated, remarks };
}

/** The first is not in logs of LoadGen 1.0 and 1.1. */
function hasResult(log: LogValues): boolean {
  return log.has('result_query_count') || log.has('result_min_duration_met');
}

function testRecord(
  folder: string,
  log: LogValues,
): Omit<TestRecord, 'validity' | 'invalidReasons' | 'latencies' | 'remarks'> {
  const mode = log.string('effective_test_mode');
  const { name: _, ...configuration } = printableTexts(log.texts('sut_'));
  return {
    scenario: printable(log.string('effective_scenario'), 20),
    mode: printable(mode, 20),
    kind: mode === 'AccuracyOnly' ? 'accuracy' : 'performance',
    folder,
    sutName: printable(log.string('sut_name')),
    settings: printableTexts(log.texts('effective_')),
    configuration,
    data: { ...printableTexts(log.texts('dataset_')), ...printableTexts(log.texts('qsl_')) },
    loadgenVersion: printable(log.string('loadgen_version')),
    startedAt: log.has('test_datetime') ? printable(log.string('test_datetime')) : null,
    ...pausesOf(log),
    ...machineOf(log),
    ...energyOf(log),
    ...serverOf(log),
    errorMessages: log.errorMessages().map((message) => printable(message)),
  };
}

function energyOf(log: LogValues): Pick<TestRecord, 'energy'> {
  const [joules, joulesPerSample, idleShare = null] = [
    log.optionalNumber(ENERGY_KEYS.joules),
    log.optionalNumber(ENERGY_KEYS.joulesPerSample),
    log.optionalNumber(ENERGY_KEYS.idleShare),
  ];
  if (joules === undefined || joulesPerSample === undefined) return {};
  const source = printable(log.has(ENERGY_KEYS.source) ? log.string(ENERGY_KEYS.source) : 'unknown counters', 40);
  return { energy: { joules, joulesPerSample, idleShare, source } };
}

function serverOf(log: LogValues): Pick<TestRecord, 'server'> {
  const read = (name: keyof typeof SERVER_KEYS) => log.optionalNumber(SERVER_KEYS[name]);
  const [requests, roundTripNs, servedRequests, servedNs, queueNs] = [
    ...[read('requests'), read('roundTripNs'), read('servedRequests'), read('servedNs'), read('queueNs')],
  ];
  if (requests === undefined || roundTripNs === undefined || servedRequests === undefined) return {};
  if (servedNs === undefined || queueNs === undefined) return {};
  return { server: { requests, roundTripNs, servedRequests, servedNs, queueNs } };
}

/** In Server and Offline, latencies depend on the schedule, or on how many samples are waiting. */
function trendOf(log: LogValues, source: LatencySource | undefined): Pick<TestRecord, 'latencyTrend'> {
  const scenario = log.string('effective_scenario');
  if (source?.from === undefined || (scenario !== 'SingleStream' && scenario !== 'MultiStream')) return {};
  const samplesPerQuery = scenario === 'MultiStream' ? (log.lastNumber('generated_samples_per_query') ?? 1) : 1;
  const trend = latencyTrend(queryLatencies(source.latenciesNs, samplesPerQuery));
  return trend === undefined ? {} : { latencyTrend: trend };
}

function pausesOf(log: LogValues): Pick<TestRecord, 'pauses'> {
  const times = log.numbers(PAUSES_KEY);
  const pauses = times.flatMap((startMs, at) => (at % 2 === 0 ? [{ startMs, durationMs: times[at + 1] ?? 0 }] : []));
  return pauses.length === 0 ? {} : { pauses };
}

/** Absent where the log says nothing of it, as all others than ours. */
function machineOf(log: LogValues): Pick<TestRecord, 'machine'> {
  const numbers = Object.entries(MACHINE_NUMBER_KEYS).flatMap(([name, key]) => {
    const value = log.optionalNumber(key);
    return value === undefined ? [] : [[name, value] as const];
  });
  if (numbers.length === 0) return {};
  const governor = log.has(GOVERNOR_KEY) ? { governor: printable(log.string(GOVERNOR_KEY), 40) } : {};
  return { machine: { ...Object.fromEntries(numbers), ...governor } };
}

function printableTexts(texts: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).map(([key, value]) => [printable(key, 100), printable(value)]));
}
