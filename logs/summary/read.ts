import { readLogLines } from '../openLog.js';

export const SUMMARY_LOG_NAME = 'mlperf_log_summary.txt';

const LIMITS = { lineLength: 1 << 16, bytes: 1 << 24 };

/** The lines of `mlperf_log_summary.txt`. */
export async function readSummaryLines(file: string): Promise<string[]> {
  const lines: string[] = [];
  for await (const { text } of readLogLines(file, LIMITS)) lines.push(text);
  return lines;
}
