import { printable } from '../../base/text.js';
import type { TestSettings } from '../../loadgen/index.js';
import { defaultResponseTimeoutMs } from '../../loadgen/startTest.js';
import { isPluginName, NULL_SUT } from '../../sut/findSystem.js';
import type { Placement } from '../../sut/placement.js';
import { isRemoteName } from '../../sut/remote/remoteName.js';
import type { CheckedSystemUnderTest } from '../../sut/systemsUnderTest.js';
import type { SystemChoice } from '../benchmark/systemChoice.js';
import type { Measurement, TuneOptions } from '../tune/tuneScenario.js';
import type { SentSystem } from './jobContext.js';
import { type SupervisionOptions, supervise } from './supervise.js';

/** Ours may compile a network for a device, and so may a server; of a plugin nothing is known, and a person waits. */
const START_TIMEOUT_MS = { ours: 300_000, plugin: 20_000 };

/**
 * Tries in a process of its own whether a system can be made in each of `placements`, and says where its model takes
 * images otherwise than samples have them.
 *
 * @throws what `checkSystemUnderTest` throws, SUT_ENDED, SUT_HUNG
 */
export async function checkSystem(
  system: SystemChoice,
  placements: readonly Placement[],
  signal: AbortSignal,
): Promise<CheckedSystemUnderTest> {
  if (system.sutName === NULL_SUT.name) {
    // It runs nothing that could fail or hang, so that it takes no process of its own.
    const { checkSystemUnderTest } = await import('../../sut/systemsUnderTest.js');
    return checkSystemUnderTest(system.sutName, { ...system, placements });
  }
  const ending = await supervise('check', { system: sentSystem(system), placements }, supervisionOf(system, signal));
  if (ending.kind === 'failed') throw ending.reason;
  const { model, inputLayout } = ending.result.configuration;
  if (inputLayout !== undefined) {
    console.error(printable(`${model}: images are given as ${inputLayout}, within the measured time`));
  }
  return ending.result;
}

/**
 * As `tuneScenario`, in a process of its own.
 *
 * @throws what `tuneScenario` throws, SUT_ENDED, SUT_HUNG
 */
export async function tuneSystem({
  system,
  signal,
  onProgress,
  ...options
}: Omit<TuneOptions, 'inputs' | 'enter'>): Promise<readonly Measurement[]> {
  const supervision = { ...supervisionOf(system, signal), onProgress };
  const ending = await supervise('tune', { ...options, system: sentSystem(system) }, supervision);
  if (ending.kind === 'failed') throw ending.reason;
  return ending.result;
}

/** A network has functions, which cannot be sent. */
export function sentSystem({ network, ...system }: SystemChoice): SentSystem {
  return { ...system, network: network.name };
}

/** A pause between two queries is longer than so many mean ones once in 160,000 times. */
const MEAN_PAUSES = 12;

/** @param settings those of the test; without them the system has two minutes to answer */
export function supervisionOf(
  { sutName, startTimeoutMs }: SystemChoice,
  signal: AbortSignal,
  settings: Pick<TestSettings, 'minDurationMs'> & Partial<TestSettings> = { minDurationMs: 0 },
  responseTimeoutMs = defaultResponseTimeoutMs(settings),
): SupervisionOptions {
  const defaultMs = isPluginName(sutName) && !isRemoteName(sutName) ? START_TIMEOUT_MS.plugin : START_TIMEOUT_MS.ours;
  // Between two queries of Server, nothing gets on.
  const pauseMs = settings.scenario === 'Server' ? (MEAN_PAUSES * 1000) / (settings.serverTargetQps ?? 1) : 0;
  return {
    sutName,
    signal,
    startTimeoutMs: startTimeoutMs ?? defaultMs,
    responseTimeoutMs: Math.max(responseTimeoutMs, pauseMs),
  };
}
