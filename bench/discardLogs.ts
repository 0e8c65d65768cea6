import type { OpenLogOutputs } from '../loadgen/logs/logSettings.js';

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
