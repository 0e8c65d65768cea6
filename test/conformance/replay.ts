import { elementAt } from '../../base/arrays.js';
import {
  defaultLogSettings,
  type QuerySample,
  type QuerySampleLibrary,
  type SystemUnderTest,
  type TestSettings,
} from '../../loadgen/index.js';
import { startTestOn } from '../../loadgen/startTest.js';
import type { ClockOfTurns } from '../clockOfTurns.js';
import { type MemoryLogs, memoryLogs } from '../memoryLogs.js';
import type { GoldenCase } from './goldenCase.js';

/** What our LoadGen did with a case's settings. */
export interface Replay {
  readonly loads: number[][];
  readonly unloads: number[][];
  readonly queries: number[][];
  readonly flushes: number;
  readonly logs: MemoryLogs;
}

/** Where a case has no recorded latencies, each query takes this long. */
const UNRECORDED_LATENCY_NS = 1000;

/** Runs a case on a new clock, which goes as the recording says. */
export async function replay(golden: GoldenCase, settings: TestSettings, clock: ClockOfTurns): Promise<Replay> {
  const logs = memoryLogs();
  const record = { loads: [] as number[][], unloads: [] as number[][], queries: [] as number[][], flushes: 0 };
  const lastQueryNs = timeOfLastQueryNs(golden, settings);
  let seriesStartNs = 0;
  const library: QuerySampleLibrary = {
    name: 'GoldenQSL',
    totalSampleCount: Number(golden.args.total),
    performanceSampleCount: Number(golden.args.perf),
    loadSamplesToRam: (samples) => {
      seriesStartNs = clock.nowNs();
      record.loads.push([...samples]);
    },
    unloadSamplesFromRam: (samples) => {
      record.unloads.push([...samples]);
    },
  };
  const sut: SystemUnderTest = {
    name: 'GoldenSUT',
    issueQuery: (samples, responder) => {
      record.queries.push(samples.map(({ index }) => index));
      const isLast = record.queries.length === golden.queries.length;
      const dueNs =
        clock.nowNs() -
        (isLast && settings.scenario === 'Server' && lastQueryNs > 0 ? latenessOfLastQueryNs(golden) : 0);
      for (const sample of samples) {
        const completedNs = dueNs + latencyNs(golden, sample);
        // Server's next query is due whether this one has been answered or not.
        if (settings.scenario !== 'Server') clock.advanceTo(completedNs);
        responder.querySamplesComplete([{ id: sample.id, data: answerOf(sample) }], completedNs);
      }
      if (record.queries.length === golden.queries.length - 1) clock.advanceTo(seriesStartNs + lastQueryNs);
    },
    flushQueries: () => {
      record.flushes++;
    },
  };
  const platform = { clock, openLogs: logs.open, startMonitor: () => async () => undefined };
  await startTestOn(platform, sut, library, settings, { ...defaultLogSettings(), enableTrace: true });
  return { ...record, logs: logs.texts() };
}

function latencyNs(golden: GoldenCase, sample: QuerySample): number {
  return golden.completions === undefined
    ? UNRECORDED_LATENCY_NS
    : elementAt(elementAt(golden.completions, sample.id), 4);
}

/** How late the query was issued in Server that found the maximum duration to be over: latencies count from when it was due. */
function latenessOfLastQueryNs(golden: GoldenCase): number {
  return golden.completions?.at(-1)?.[3] ?? 0;
}

/** When the last series issued its last query at the latest, as far as it says so: what ended a run by its duration. */
function timeOfLastQueryNs(golden: GoldenCase, settings: TestSettings): number {
  const messages = golden.detail.map(({ value }) => String(value));
  const maxDuration = messages
    .map((text) => /Max test duration reached\. duration_ns (\d+)/.exec(text)?.[1])
    .find(Boolean);
  if (maxDuration !== undefined) return Number(maxDuration);
  return messages.some((text) => text.startsWith('Ending naturally')) ? settings.minDurationMs * 1e6 : 0;
}

/** Four bytes: the unsigned little-endian value of sample index x 2654435761 mod 2^32. */
function answerOf({ index }: QuerySample): Uint8Array {
  const data = new Uint8Array(4);
  new DataView(data.buffer).setUint32(0, Math.imul(index, 2654435761) >>> 0, true);
  return data;
}
