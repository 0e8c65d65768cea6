import type { Clock } from '../../base/clock.js';
import { limitSilence } from '../../base/clock.js';
import { LoadGenError, loadGenErrorOf, messageOf } from '../../base/errors.js';
import { formatFixed } from '../../logs/formatNumber.js';
import { type AbortSignalLike, abortedError } from '../platform.js';
import type { QuerySampleLibrary } from '../querySampleLibrary.js';
import type { AnyScenario } from '../scenarios/index.js';
import type { Expectation } from '../scenarios/scenario.js';
import type { EffectiveSettings } from '../settings/testSettings.js';
import type { SystemUnderTest } from '../systemUnderTest.js';
import { faultOfTakingSamples } from './loadedSet.js';

/** What a system is expected to do, measured before a performance test. */
export interface MeasuredExpectation extends Expectation {
  readonly tookMs: number;
}

interface PreparationParts {
  readonly sut: SystemUnderTest;
  readonly library: QuerySampleLibrary;
  readonly clock: Clock;
  readonly settings: EffectiveSettings;
  /** That of `settings`. */
  readonly scenario: AnyScenario;
  readonly responseTimeoutMs: number;
  readonly signal: AbortSignalLike | undefined;
}

/** Asked over and over while nothing is timed that counts. */
const SAMPLE_COUNT = 8;
const ESTIMATE_NS = 3e9;
const MAX_QUERIES = 1000;
/** No network is faster: at such a rate a test would take more queries than can be held in memory. */
export const MIN_QUERY_NS = 100_000;

/** What came of the preparation. */
export interface PreparedSystem {
  /** Undefined where none was measured, or the system is too fast to be a network. */
  readonly expectation?: MeasuredExpectation;
  /** The system or the library failed. */
  readonly fault?: LoadGenError;
  /** For the detail log. */
  readonly notes?: Readonly<Record<string, string>>;
}

interface PreparationOptions {
  readonly warmUpSamples?: number;
  readonly measureExpectation?: boolean;
  readonly onExpectation?: (expectation: MeasuredExpectation) => void;
}

/**
 * Has the system answer some samples before a performance test, so that what it does only at first is over, and, where
 * asked, measures what it can be expected to do. Nothing of it enters the logs' figures.
 */
export async function prepareSystem(
  parts: PreparationParts,
  { warmUpSamples = 0, measureExpectation = false, onExpectation }: PreparationOptions,
): Promise<PreparedSystem> {
  if (parts.settings.mode === 'AccuracyOnly' || (warmUpSamples === 0 && !measureExpectation)) return {};
  const notes = { warm_up_samples: String(warmUpSamples) };
  try {
    const expectation = await warmUp(parts, warmUpSamples, measureExpectation);
    if (expectation === undefined) return { notes };
    onExpectation?.(expectation);
    const { key, value, tookMs } = expectation;
    const measured = `${key} = ${value}, measured in ${formatFixed(tookMs / 1000, 1)} s`;
    return { expectation, notes: { ...notes, measured_expectation: measured } };
  } catch (thrown) {
    const message = `the query sample library failed: ${messageOf(thrown)}`;
    return { fault: loadGenErrorOf(thrown) ?? new LoadGenError('QSL_FAILED', message, { cause: thrown }) };
  }
}

async function warmUp(
  parts: PreparationParts,
  samples: number,
  measureExpectation: boolean,
): Promise<MeasuredExpectation | undefined> {
  const { sut, library, clock, settings, scenario } = parts;
  const count = Math.min(SAMPLE_COUNT, settings.performanceSampleCount, library.totalSampleCount);
  const indices = Array.from({ length: count }, (_, index) => index);
  await library.loadSamplesToRam(indices);
  try {
    const fault = await faultOfTakingSamples(sut, indices);
    if (fault !== undefined) throw fault;
    if (samples > 0) await queryNs(parts, samples, count);
    if (!measureExpectation) return undefined;
    const startedNs = clock.nowNs();
    const asks = (sampleCount: number) => queryNs(parts, sampleCount, count);
    // Without a schedule a query follows the answer to the one before.
    const measuredNs = scenario.hasSchedule
      ? await nsPerSample(asks, Math.max(samples, 1))
      : await medianNs(clock, () => asks(settings.samplesPerQuery));
    if (measuredNs < MIN_QUERY_NS) return undefined;
    return { ...scenario.expectation(measuredNs), tookMs: (clock.nowNs() - startedNs) / 1e6 };
  } finally {
    await library.unloadSamplesFromRam(indices);
  }
}

/** The median time of queries one after another. */
async function medianNs(clock: Clock, ask: () => Promise<number>): Promise<number> {
  const endNs = clock.nowNs() + ESTIMATE_NS;
  const timesNs: number[] = [];
  while (timesNs.length === 0 || (timesNs.length < MAX_QUERIES && clock.nowNs() < endNs)) timesNs.push(await ask());
  return timesNs.sort((a, b) => a - b)[timesNs.length >> 1] ?? Number.NaN;
}

/** Time over samples of a query that lasts long enough; `first` samples are the smallest that is asked. */
async function nsPerSample(ask: (samples: number) => Promise<number>, first: number): Promise<number> {
  for (let samples = first; ; samples *= 2) {
    const takenNs = await ask(samples);
    if (takenNs >= ESTIMATE_NS / 2 || samples >= MAX_QUERIES) return takenNs / samples;
  }
}

/** How long the system takes for a query of so many samples. */
function queryNs(
  { sut, clock, responseTimeoutMs, signal }: PreparationParts,
  samples: number,
  loaded: number,
): Promise<number> {
  return new Promise<number>((resolve, reject) => {
    const startedNs = clock.nowNs();
    const missing = new Set(Array.from({ length: samples }, (_, id) => id));
    const end = (settle: () => void) => {
      cancel();
      signal?.removeEventListener('abort', abort);
      settle();
    };
    const fail = (thrown: unknown) => {
      const message = `the system under test failed while it was warmed up: ${messageOf(thrown)}`;
      const reason = loadGenErrorOf(thrown) ?? new LoadGenError('SUT_FAILED', message, { cause: thrown });
      end(() => reject(reason));
    };
    const abort = () => fail(loadGenErrorOf(signal?.reason) ?? abortedError());
    const cancel = limitSilence({
      clock,
      limitMs: responseTimeoutMs,
      lastHeardNs: () => startedNs,
      onSilent: () => fail(silenceError(missing.size, responseTimeoutMs)),
    });
    signal?.addEventListener('abort', abort);
    if (signal?.aborted) abort();
    try {
      const queried = [...missing].map((id) => ({ id, index: id % loaded }));
      const returned: unknown = sut.issueQuery(queried, {
        querySamplesComplete(responses, completedAtNs) {
          try {
            for (const { id } of responses)
              if (!missing.delete(id)) throw new Error(`sample id ${messageOf(id)} was not asked`);
            if (missing.size === 0) end(() => resolve((completedAtNs ?? clock.nowNs()) - startedNs));
          } catch (thrown) {
            fail(thrown);
          }
        },
        fail,
      });
      Promise.resolve(returned).catch(fail);
      Promise.resolve(sut.flushQueries() as unknown).catch(fail);
    } catch (thrown) {
      fail(thrown);
    }
  });
}

function silenceError(missing: number, responseTimeoutMs: number): LoadGenError {
  return new LoadGenError(
    'SUT_NO_ANSWER',
    `the system under test did not answer ${missing} samples within ${responseTimeoutMs / 1000} s while it was warmed up`,
    { hint: 'If it is only slow, give it more time with the response timeout.' },
  );
}
