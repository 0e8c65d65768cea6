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
import { monotonicClock } from './monotonicClock.js';
import { startRuntimeMonitor } from './runtimeMonitor.js';

/** Each part of the platform may be replaced; by default it is Node.js's. */
export type StartTestOptions = RunOptions & Partial<Platform>;

const NODE: Platform = { clock: monotonicClock, openLogs: openLogFiles, startMonitor: startRuntimeMonitor };

/**
 * Runs one test, as the official `StartTest`: chooses queries, drives `sut` with them, and writes the log files.
 * Runs are independent of each other; several may follow in one process. What goes wrong while queries are out ends
 * the run with a result of state `brokenOff` and is in the logs.
 *
 * @throws SETTINGS_INVALID if the settings cannot be met; nothing has been issued then
 * @throws LOG_WRITE if the logs cannot be written
 */
export function startTest(
  sut: SystemUnderTest,
  library: QuerySampleLibrary,
  requested: TestSettings,
  logSettings: LogSettings,
  options: StartTestOptions = {},
): Promise<TestResult> {
  return startTestOn({ ...NODE, ...options }, sut, library, requested, logSettings, options);
}

/**
 * Writes the log files of a test that ended where it could not complete them: INVALID, with the reason.
 *
 * @throws LOG_WRITE if the logs cannot be written
 */
export function logBrokenOffTest(test: BrokenOffTest): void {
  logBrokenOffTestOn(NODE, test);
}
