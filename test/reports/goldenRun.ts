import type { TestContext } from 'node:test';
import { z } from 'zod';
import { readGoldenText } from '../golden.js';

const runSchema = z.object({
  detail: z.array(z.object({ key: z.string(), value: z.unknown(), is_error: z.boolean(), is_warning: z.boolean() })),
  summary: z.string(),
  accuracy_json: z.string(),
});

export type GoldenRun = z.infer<typeof runSchema>;

/** One recorded run of the official LoadGen, or undefined once the test has been marked as skipped. */
export function readGoldenRun(test: TestContext, name: string): GoldenRun | undefined {
  const text = readGoldenText(test, `cases/${name}.json`);
  return text === undefined ? undefined : runSchema.parse(JSON.parse(text));
}

/** The recorded entries as the official LoadGen writes them, with 64-bit integers as bare digits. */
export function detailLogText(run: GoldenRun): string {
  const lines = run.detail.map(({ key, value, is_error, is_warning }) => {
    const isLongInteger = typeof value === 'string' && /^\d{16,}$/.test(value);
    return detailLine(key, isLongInteger ? value : JSON.stringify(value), is_error, is_warning);
  });
  return `${lines.join('\n')}\n`;
}

export function detailLine(key: string, valueText: string, isError = false, isWarning = false): string {
  return (
    `:::MLLOG {"key": "${key}", "value": ${valueText}, "time_ms": 0.006240, "namespace": "mlperf::logging", ` +
    `"event_type": "POINT_IN_TIME", "metadata": {"is_error": ${isError}, "is_warning": ${isWarning}, ` +
    `"file": "version.cc", "line_no": 53, "pid": 5503, "tid": 5503}}`
  );
}
