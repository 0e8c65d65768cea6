import type { LogSettings } from '../../loadgen/logs/logSettings.js';
import { abortedError, type Platform } from '../../loadgen/platform.js';
import type { QuerySampleLibrary } from '../../loadgen/querySampleLibrary.js';
import type { TestSettings } from '../../loadgen/settings/testSettings.js';
import { type RunOptions, startTestOn, type TestResult } from '../../loadgen/startTest.js';
import type { SystemUnderTest } from '../../loadgen/systemUnderTest.js';
import { monotonicClock } from './monotonicClock.js';
import { runtimeMonitor } from './runtimeMonitor.js';
import { connectPage } from './watchedPage.js';

/** Where the logs go has to be said, as by `memoryLogs`; clock and monitor may be replaced. */
export type StartTestOptions = RunOptions &
  Pick<Platform, 'openLogs'> &
  Partial<Omit<Platform, 'openLogs'>> & {
    /** What `watchPage` has given in the page that a worker belongs to. Without it, nobody watches for spoiled tests. */
    readonly page?: MessagePort;
  };

/**
 * Runs one test in a browser, best in a worker, where nothing that the page does stands in the way. As the `startTest` of
 * Node.js else. A page that is hidden, a device that sleeps or saves power end it INVALID, with the reason.
 *
 * @throws SETTINGS_INVALID if the settings cannot be met; nothing has been issued then
 */
export async function startTest(
  sut: SystemUnderTest,
  library: QuerySampleLibrary,
  requested: TestSettings,
  logSettings: LogSettings,
  options: StartTestOptions,
): Promise<TestResult> {
  const { page: port, signal } = options;
  const aborting = new AbortController();
  const forward = () => aborting.abort(signal?.reason ?? abortedError());
  if (signal?.aborted) forward();
  signal?.addEventListener('abort', forward);
  const page = port && connectPage(port, (fault) => aborting.abort(fault));
  const platform = { clock: monotonicClock, startMonitor: runtimeMonitor(page), ...options };
  try {
    return await startTestOn(platform, sut, library, requested, logSettings, { ...options, signal: aborting.signal });
  } finally {
    signal?.removeEventListener('abort', forward);
  }
}
