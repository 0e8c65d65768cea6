/** What a run's folder holds, by name. The logs' own names stand beside their readers in logs/. */
import type { TestMode } from '../loadgen/settings/testSettings.js';

// In the run's folder.
export const RUN_JSON = 'run.json';
/** In a duel's folder, beside its contestants' runs. */
export const DUEL_JSON = 'duel.json';
export const MLPERF_CONF = 'mlperf.conf';
export const USER_CONF = 'user.conf';
export const RESULT_EXPORT = 'result.json';
export const REPORT_PAGE = 'report.html';

// In a scenario's folder, as in a submission.
export const ACCURACY_FOLDER = 'accuracy';
export const PERFORMANCE_FOLDER = 'performance/run_1';

/** `2026-01-31T12-30-59-null`: of a run's folder that nobody has named. */
export function runName(sutName: string, startedAt: Date): string {
  return `${startedAt.toISOString().slice(0, 19).replaceAll(':', '-')}-${sutName}`;
}

/** Behind a test's folder: where the test is measured. */
export const MEASURING_SUFFIX = '.measuring';
/** Behind a scenario's folder in a submission tree: what is to take its place. */
export const ADDING_SUFFIX = '.adding';

// Beside an accuracy log.
export const PAIRS_JSON = 'pairs.json';
export const JUDGING_JSON = 'judging.json';
export const ACCURACY_TEXT = 'accuracy.txt';

/** In a detail log: the id of the run, as run.json says it. */
export const RUN_ID_KEY = 'run_id';

/** Beside a performance test's logs. No name is taken for that of a log. */
export const TEST_EXPORTS = {
  hgrm: 'latencies.hgrm',
  hlog: 'latencies.hlog',
  csv: 'latencies.csv',
  trace: 'trace.perfetto.json',
} as const;

/** The folder of a test's logs, below that of its scenario. */
export const TEST_FOLDERS: Readonly<Record<TestMode, string>> = {
  AccuracyOnly: ACCURACY_FOLDER,
  PerformanceOnly: PERFORMANCE_FOLDER,
  SubmissionRun: 'SubmissionRun',
  FindPeakPerformance: 'FindPeakPerformance',
};
