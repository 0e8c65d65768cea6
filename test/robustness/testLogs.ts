import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What keeps the logs in a test's folder from being whole, looked at without our readers; undefined if nothing does. */
export function faultOfTestLogs(folder: string): string | undefined {
  if (readText(folder, 'mlperf_log_summary.txt') === '') return `an empty summary in ${folder}`;
  if (!readText(folder, 'mlperf_log_detail.txt').endsWith('}\n')) return `a detail log without an end in ${folder}`;
  for (const log of ['mlperf_log_accuracy.json', 'mlperf_log_trace.json']) {
    const text = readText(folder, log);
    if (text !== '') JSON.parse(text);
  }
  return undefined;
}

function readText(folder: string, name: string): string {
  const file = join(folder, name);
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}
