import { type LogSource, readLogLines } from '../logSource.js';

export const SUMMARY_LOG_NAME = 'mlperf_log_summary.txt';
export const SUMMARY_LOG_LIMITS = { lineLength: 1 << 16, bytes: 1 << 24 };

/** The lines of `mlperf_log_summary.txt`. */
export async function readSummaryLines(source: LogSource): Promise<string[]> {
  const lines: string[] = [];
  for await (const { text } of readLogLines(source, SUMMARY_LOG_LIMITS)) lines.push(text);
  return lines;
}
