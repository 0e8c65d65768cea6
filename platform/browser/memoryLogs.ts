import { concatBytes } from '../../base/arrays.js';
import { logFileNamer, type OpenLogOutputs } from '../../loadgen/logs/logSettings.js';
import type { LogWriter } from '../../logs/detail/write.js';
import { latencyLogBlocks } from '../../logs/latencies/write.js';

/** A log file as it would stand on disk. */
export interface LogFile {
  readonly name: string;
  readonly content: string | Uint8Array<ArrayBuffer>;
}

export interface MemoryLogs {
  readonly openLogs: OpenLogOutputs;
  /** What has been written so far. */
  files(): LogFile[];
}

/** Keeps the log files of one run in memory: a page has no folder to write to. `outdir` counts for nothing here. */
export function memoryLogs(): MemoryLogs {
  const texts = new Map<string, string[]>();
  const binaries: LogFile[] = [];
  const writerOf = (file: string): LogWriter => {
    const parts: string[] = [];
    texts.set(file, parts);
    return (text) => {
      parts.push(text);
    };
  };
  return {
    openLogs: (settings, startedAt) => {
      const nameOf = logFileNamer(settings, startedAt);
      return {
        origin: { pid: 0, tid: 0 },
        summary: writerOf(nameOf('summary', 'txt')),
        detail: writerOf(nameOf('detail', 'txt')),
        accuracy: writerOf(nameOf('accuracy', 'json')),
        trace: settings.enableTrace ? writerOf(nameOf('trace', 'json')) : undefined,
        latencies: (sampleLatenciesNs) => {
          const content = concatBytes([...latencyLogBlocks(sampleLatenciesNs)]);
          binaries.push({ name: nameOf('latencies_ns', 'bin'), content });
        },
        close: () => {},
      };
    },
    files: () => [...[...texts].map(([name, parts]) => ({ name, content: parts.join('') })), ...binaries],
  };
}
