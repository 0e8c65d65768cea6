import type { OpenLogOutputs } from '../loadgen/logs/logSettings.js';

export interface MemoryLogs {
  readonly summary: string;
  readonly detail: string;
  readonly accuracy: string;
  readonly trace: string;
  readonly latencies: Float64Array;
}

/** Log outputs that gather their text, for tests that read it back. */
export function memoryLogs(): { open: OpenLogOutputs; texts: () => MemoryLogs } {
  const parts = { summary: [] as string[], detail: [] as string[], accuracy: [] as string[], trace: [] as string[] };
  let latencies = new Float64Array();
  const into = (part: string[]) => (text: string) => {
    part.push(text);
  };
  return {
    open: (settings) => ({
      origin: { pid: 1, tid: 0 },
      summary: into(parts.summary),
      detail: into(parts.detail),
      accuracy: into(parts.accuracy),
      trace: settings.enableTrace ? into(parts.trace) : undefined,
      latencies: (sampleLatenciesNs) => {
        latencies = Float64Array.from(sampleLatenciesNs);
      },
      close: () => {},
    }),
    texts: () => ({
      summary: parts.summary.join(''),
      detail: parts.detail.join(''),
      accuracy: parts.accuracy.join(''),
      trace: parts.trace.join(''),
      latencies,
    }),
  };
}
