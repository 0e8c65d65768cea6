/** In a run's folder. */
export const RESULT_EXPORT = 'result.json';
export const PAGE = 'report.html';

/** Beside a test's logs, and not to be taken for one of them. */
export const TEST_EXPORTS = {
  hgrm: 'latencies.hgrm',
  hlog: 'latencies.hlog',
  csv: 'latencies.csv',
  trace: 'trace.perfetto.json',
} as const;
