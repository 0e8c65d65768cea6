/** A test run on virtual time, with logs in memory. */
import {
  defaultLogSettings,
  defaultTestSettings,
  type QueryResponder,
  type QuerySample,
  type StartTestOptions,
  startTest,
  type TestResult,
  type TestSettings,
} from '../../platform/node/index.js';
import { type MemoryLogs, memoryLogs } from '../memoryLogs.js';
import { VirtualClock } from '../virtualClock.js';

export type IssueQuery = (samples: readonly QuerySample[], responder: QueryResponder, clock: VirtualClock) => void;

export const EMPTY = new Uint8Array(0);

export interface TestRun {
  readonly settings?: Partial<TestSettings>;
  readonly issueQuery: IssueQuery;
  readonly flushQueries?: (clock: VirtualClock) => void;
  readonly takeSamples?: (samples: readonly number[]) => void | Promise<void>;
  /** Called with what the library is to load. */
  readonly onLoad?: (samples: readonly number[]) => void;
  readonly totalSampleCount?: number;
  readonly clock?: VirtualClock;
  readonly options?: StartTestOptions;
}

export async function runTest(run: TestRun): Promise<{ result: TestResult; logs: MemoryLogs }> {
  const clock = run.clock ?? new VirtualClock();
  const logs = memoryLogs();
  const total = run.totalSampleCount ?? 10;
  const result = await startTest(
    {
      name: 'tested',
      issueQuery: (samples, responder) => run.issueQuery(samples, responder, clock),
      flushQueries: () => run.flushQueries?.(clock),
      ...(run.takeSamples === undefined ? {} : { takeSamples: run.takeSamples }),
    },
    {
      name: 'library',
      totalSampleCount: total,
      performanceSampleCount: total,
      loadSamplesToRam: (samples) => run.onLoad?.(samples),
      unloadSamplesFromRam: () => {},
    },
    { ...defaultTestSettings(), minDurationMs: 0, minQueryCount: 100, ...run.settings },
    defaultLogSettings(),
    // What the runtime does is not on virtual time.
    { clock, openLogs: logs.open, startMonitor: () => async () => undefined, ...run.options },
  );
  return { result, logs: logs.texts() };
}

/** Answers all samples of a query after `latencyNs`, inside `issueQuery`. */
export function answeringAfter(latencyNs: number): IssueQuery {
  return (samples, responder, clock) => {
    clock.advanceBy(latencyNs);
    responder.querySamplesComplete(samples.map(({ id }) => ({ id, data: EMPTY })));
  };
}
