import { queryLatencies } from '../../../loadgen/results/latencyStatistics.js';
import type { LogValues } from '../../../logs/detail/values.js';
import { readTraceTimes, type TraceTimes } from '../../../logs/trace/read.js';
import type { RunTest } from '../../../runs/openRun.js';
import { NO_ANGLE } from '../../figures/invalidReasons.js';
import type { MeasuredTest } from '../../figures/measureTest.js';
import type { TestRecord } from '../../figures/runRecord.js';
import { type JudgedAccuracy, readJudgedAccuracy, type WithoutAnswers, withoutRepeated } from './accuracyCurves.js';
import { type AnswerRate, answerRate } from './answerRate.js';
import { type LatencyBins, latencyBins } from './latencyBins.js';
import { type LatencySpectrum, latencySpectrum } from './latencySpectrum.js';
import { type LatencyTimeline, latencyTimeline } from './latencyTimeline.js';

/** The data behind one run's charts: no more than they show. */
export interface RunCharts {
  readonly performance: readonly PerformanceCharts[];
  readonly accuracy: readonly JudgedAccuracy[];
  /** Accuracy tests of which only the accuracy is known. */
  readonly withoutAnswers: readonly WithoutAnswers[];
}

export interface PerformanceCharts {
  readonly scenario: string;
  readonly queryCount: number;
  /** Undefined in Offline, whose single query has no percentiles. */
  readonly latencies:
    | { readonly spectrum: LatencySpectrum; readonly bins: LatencyBins; readonly timeline: LatencyTimeline }
    | undefined;
  /** Only in Offline. */
  readonly answers: AnswerRate | undefined;
  /** A sentence: what the logs say about garbage collections. */
  readonly collections: string;
}

/** A run's charts, to which its tests are added one after another, while their logs are in memory. */
export class RunChartsReader {
  readonly #performance: PerformanceCharts[] = [];
  readonly #accuracy: JudgedAccuracy[] = [];
  readonly #withoutAnswers: WithoutAnswers[] = [];

  async add(opened: RunTest, { test, accuracy }: MeasuredTest): Promise<void> {
    if (test.latencies !== null) this.#performance.push(...(await readPerformanceCharts(opened, test)));
    if (!hasAnswers(test)) return;
    const judged = await readJudgedAccuracy(opened, test);
    if (!('reason' in judged)) this.#accuracy.push(judged);
    else if (accuracy !== undefined) this.#withoutAnswers.push(judged);
  }

  charts(): RunCharts {
    const accuracy = withoutRepeated(this.#accuracy);
    return { performance: this.#performance, accuracy, withoutAnswers: this.#withoutAnswers };
  }
}

/** An INVALID accuracy test was aborted, unless its only fault is that responses give no angle. */
function hasAnswers({ mode, invalidReasons }: TestRecord): boolean {
  if (mode === 'SubmissionRun') return true;
  return mode === 'AccuracyOnly' && invalidReasons.every((reason) => reason === NO_ANGLE);
}

async function readPerformanceCharts(opened: RunTest, { scenario, mode }: TestRecord): Promise<PerformanceCharts[]> {
  const log = await opened.detail();
  const source = await opened.latencies();
  if (source.from === undefined) return [];
  const samplesNs = source.latenciesNs;
  const times = source.from === 'trace' ? source.times : await readTimes(opened, mode, samplesNs);
  const collections = times?.collections ?? [];
  const common = { scenario, collections: collectionsText(log, collections.length) };
  if (scenario === 'Offline')
    return [{ ...common, queryCount: samplesNs.length, latencies: undefined, answers: answerRate(samplesNs) }];
  const samplesPerQuery = scenario === 'MultiStream' ? (log.lastNumber('generated_samples_per_query') ?? 1) : 1;
  const latenciesNs = queryLatencies(samplesNs, samplesPerQuery);
  const ofQueries = (values: Float64Array | undefined) => values?.filter((_, sample) => sample % samplesPerQuery === 0);
  const timeline = latencyTimeline({
    latenciesNs,
    dueNs: ofQueries(times?.dueNs),
    issueDelayNs: scenario === 'Server' ? ofQueries(times?.issueDelayNs) : undefined,
    collections,
  });
  const latencies = { spectrum: latencySpectrum(latenciesNs), bins: latencyBins(latenciesNs), timeline };
  return [{ ...common, queryCount: latenciesNs.length, latencies, answers: undefined }];
}

/** The times in the trace of a test that has one and was one series. */
async function readTimes(opened: RunTest, mode: string, samplesNs: Float64Array): Promise<TraceTimes | undefined> {
  const trace = mode === 'PerformanceOnly' ? await opened.trace() : undefined;
  return trace && readTraceTimes(trace, samplesNs);
}

function collectionsText(log: LogValues, timedCount: number): string {
  const count = log.optionalNumber('harness_gc_pause_count');
  if (timedCount > 0) return `Garbage was collected ${timedCount} times.`;
  if (count === undefined) return 'The log says nothing of garbage collections.';
  if (count === 0) return 'No garbage was collected.';
  return `Garbage was collected ${count} times; the logs do not say when.`;
}
