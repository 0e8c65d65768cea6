import type { LogSettings } from '../../loadgen/logs/logSettings.js';
import type { Platform } from '../../loadgen/platform.js';
import type { QuerySampleLibrary } from '../../loadgen/querySampleLibrary.js';
import type { TestSettings } from '../../loadgen/settings/testSettings.js';
import {
  type BrokenOffTest,
  logBrokenOffTestOn,
  type RunOptions,
  startTestOn,
  type TestResult,
} from '../../loadgen/startTest.js';
import type { SystemUnderTest } from '../../loadgen/systemUnderTest.js';
import { openLogFiles } from './logFiles.js';
import { measureIdleWatts } from './machine/readEnergy.js';
import { monotonicClock } from './monotonicClock.js';
import { runtimeMonitor } from './runtimeMonitor.js';
import { startPauseWitness } from './watchPauses.js';

/** Each part of the platform may be replaced; by default it is Node.js's. */
export type StartTestOptions = RunOptions & Partial<Platform>;

const NODE = { clock: monotonicClock, openLogs: openLogFiles };

/** What `startTest` does. */
export async function runTest(
  sut: SystemUnderTest,
  library: QuerySampleLibrary,
  requested: TestSettings,
  logSettings: LogSettings,
  options: StartTestOptions,
): Promise<TestResult> {
  if (options.startMonitor !== undefined) {
    const platform = { ...NODE, ...options, startMonitor: options.startMonitor };
    return startTestOn(platform, sut, library, requested, logSettings, options);
  }
  // Started here, since starting a thread would disturb a series.
  const witness = await startPauseWitness();
  const idleWatts = requested.mode === 'AccuracyOnly' ? undefined : await measureIdleWatts();
  try {
    const platform = { ...NODE, ...options, startMonitor: runtimeMonitor(witness, idleWatts) };
    return await startTestOn(platform, sut, library, requested, logSettings, options);
  } finally {
    await witness?.close();
  }
}

/**
 * Writes the log files of a test that ended where it could not complete them: INVALID, with the reason.
 *
 * @throws LOG_WRITE if the logs cannot be written
 */
export function logBrokenOffTest(test: BrokenOffTest): void {
  logBrokenOffTestOn(NODE, test);
}
