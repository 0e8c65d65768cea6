import type { OpenLogOutputs, QuerySampleLibrary } from '../loadgen/index.js';

/** Discards all logs, to measure the harness without the disk. */
export const discardLogs: OpenLogOutputs = () => ({
  origin: { pid: process.pid, tid: 0 },
  summary: () => {},
  detail: () => {},
  accuracy: () => {},
  trace: undefined,
  latencies: () => {},
  close: () => {},
});

/** Has sample indices but no data: the null system never looks at a sample. */
export const emptyLibrary: QuerySampleLibrary = {
  name: 'no samples',
  totalSampleCount: 600,
  performanceSampleCount: 600,
  loadSamplesToRam: () => {},
  unloadSamplesFromRam: () => {},
};
