import { LoadGenError } from '../../base/errors.js';
import {
  defaultLogSettings,
  defaultTestSettings,
  type QuerySampleLibrary,
  type SystemUnderTest,
  startTest,
} from '../../platform/node/index.js';
import { discardLogs } from '../../platform/node/logFiles.js';
import type { RoundAnswer, RoundRequest } from './rounds.js';

export interface MeasuredContestant {
  readonly sut: SystemUnderTest;
  readonly library: QuerySampleLibrary;
  readonly signal: AbortSignal;
  readonly responseTimeoutMs: number | undefined;
  readonly responseBytes: number;
  readonly onProgress: () => void;
}

/** Has the LoadGen ask a system for some pairs, as in a performance test of the scenario but for its length; writes no logs. */
export async function measureRound(
  { sut, library, signal, responseTimeoutMs, responseBytes, onProgress }: MeasuredContestant,
  { scenario, samples, seed, warmUpSamples }: RoundRequest,
): Promise<RoundAnswer | LoadGenError> {
  const settings = {
    ...defaultTestSettings(),
    ...{ scenario, mode: 'PerformanceOnly' as const, minDurationMs: 0, minQueryCount: samples },
    ...{ qslRngSeed: BigInt(seed), sampleIndexRngSeed: BigInt(seed) },
  };
  const result = await startTest(
    sut,
    library,
    settings,
    { ...defaultLogSettings(), enableTrace: false },
    {
      ...{ signal, responseBytes, warmUpSamples, onProgress },
      ...(responseTimeoutMs === undefined ? {} : { responseTimeoutMs }),
      openLogs: discardLogs,
      startMonitor: () => async () => undefined,
    },
  );
  if (result.state === 'brokenOff') return result.reason;
  const { performance } = result;
  if (performance === undefined) throw new RangeError('a performance test has ended without figures');
  const { sampleLatenciesNs } = performance;
  // All of Offline's samples belong to its one query, which lasts until the last is answered.
  const latenciesNs = scenario === 'Offline' ? [Math.max(...sampleLatenciesNs)] : [...sampleLatenciesNs];
  if (latenciesNs.every((latencyNs) => latencyNs > 0)) return { latenciesNs };
  return new LoadGenError('SUT_FAILED', 'the system under test took no time for a query, as none that computes does');
}
