import type { LogSettings } from '../../loadgen/logs/logSettings.js';
import type { QuerySampleLibrary } from '../../loadgen/querySampleLibrary.js';
import type { TestSettings } from '../../loadgen/settings/testSettings.js';
import type { TestResult } from '../../loadgen/startTest.js';
import type { SystemUnderTest } from '../../loadgen/systemUnderTest.js';
import type { StartTestOptions } from './runTest.js';

export type { StartTestOptions };

/**
 * Runs one test, as the official `StartTest`: chooses queries, drives `sut` with them, and writes the log files.
 * Runs are independent of each other; several may follow in one process. What goes wrong while queries are out ends
 * the run with a result of state `brokenOff` and is in the logs.
 *
 * @throws SETTINGS_INVALID if the settings cannot be met; nothing has been issued then
 * @throws LOG_WRITE if the logs cannot be written
 */
export async function startTest(
  sut: SystemUnderTest,
  library: QuerySampleLibrary,
  requested: TestSettings,
  logSettings: LogSettings,
  options: StartTestOptions = {},
): Promise<TestResult> {
  // Only a test needs the rest of the LoadGen: who imports the package does not wait for it.
  const { runTest } = await import('./runTest.js');
  return runTest(sut, library, requested, logSettings, options);
}
