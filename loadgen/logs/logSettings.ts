import type { LogOrigin, LogWriter } from '../../logs/detail/write.js';

/** Where the logs go and what they hold. */
export interface LogSettings {
  /** Made if it is missing. */
  readonly outdir: string;
  /** What the files' names begin with: `mlperf_log_`. */
  readonly prefix: string;
  /** Stands before the extension. */
  readonly suffix: string;
  readonly prefixWithDatetime: boolean;
  readonly copySummaryToStdout: boolean;
  readonly copyDetailToStdout: boolean;
  /** Whether to write a trace: some 300 bytes a sample on disk. */
  readonly enableTrace: boolean;
}

export function defaultLogSettings(): LogSettings {
  return {
    outdir: '.',
    prefix: 'mlperf_log_',
    suffix: '',
    prefixWithDatetime: false,
    copySummaryToStdout: false,
    copyDetailToStdout: false,
    enableTrace: true,
  };
}

/** What each log's file is called, such as `mlperf_log_summary.txt`. */
export type LogFileNamer = (name: string, extension: 'txt' | 'json' | 'bin') => string;

export function logFileNamer(settings: LogSettings, startedAt: Date): LogFileNamer {
  const { prefix, prefixWithDatetime, suffix } = settings;
  const datetime = prefixWithDatetime ? `${startedAt.toISOString().slice(0, 19)}Z_` : '';
  return (name, extension) => `${prefix}${datetime}${name}${suffix}.${extension}`;
}

/** The opened log files of one run. Writing throws where it fails: a log with holes is worse than none. */
export interface LogOutputs {
  readonly origin: LogOrigin;
  readonly summary: LogWriter;
  readonly detail: LogWriter;
  readonly accuracy: LogWriter;
  /** Absent when there is no trace, and then there is no file. */
  readonly trace: LogWriter | undefined;
  /** Takes each sample's latency, in the order of issue. There is no file where nothing was measured. */
  readonly latencies: (sampleLatenciesNs: Float64Array) => void;
  /** Returns once all that was written is safe on disk, and throws if any of it is not. Default: writing sees to that. */
  settle?(): void;
  close(): void;
}

export type OpenLogOutputs = (settings: LogSettings, startedAt: Date) => LogOutputs;
