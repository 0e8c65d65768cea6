import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { readDetailLog } from '../../logs/detail/read.js';
import { DetailLogFindings } from '../../submission/checks/detailLogFindings.js';
import { checkSummaryAgrees } from '../../submission/checks/summaryAgrees.js';
import { memorySource } from '../logs/memorySource.js';
import { detailLine } from '../reports/goldenRun.js';

const DETAIL = [
  detailLine('effective_scenario', '"Offline"'),
  detailLine('effective_test_mode', '"PerformanceOnly"'),
  detailLine('result_validity', '"VALID"'),
  detailLine('result_samples_per_second', '123.457'),
  detailLine('result_99.00_percentile_latency_ns', '5000000'),
  detailLine('result_mean_latency_ns', '4000000'),
];
const SUMMARY = `Scenario : Offline
Mode     : PerformanceOnly
Samples per second: 123.457
Result is : VALID
Mean latency (ns)                : 4000000
99.00 percentile latency (ns)   : 5000000

No errors encountered during test.
`;

async function keysFor(summary: string, detail = DETAIL): Promise<(string | null)[]> {
  const path = mkdtempSync(join(tmpdir(), 'summary-test-'));
  try {
    writeFileSync(join(path, 'mlperf_log_summary.txt'), summary);
    const { entries } = await readDetailLog(memorySource(detail.join('\n')));
    const findings = await checkSummaryAgrees({ path, shown: 'run' }, DetailLogFindings.of('run', entries));
    return findings.map(({ key }) => key);
  } finally {
    rmSync(path, { recursive: true });
  }
}

const WITHOUT_VERDICT = DETAIL.filter((line) => !line.includes('result_validity'));
const ERROR = detailLine('error_runtime', '"broken"', true);

for (const [what, summary, detail, keys] of [
  ['the same', SUMMARY, DETAIL, []],
  ['the same with CRLF', SUMMARY.replaceAll('\n', '\r\n'), DETAIL, []],
  ['a rate rounded to two decimals', SUMMARY.replace('123.457', '123.46'), DETAIL, []],
  ['another rate', SUMMARY.replace('123.457', '910'), DETAIL, ['result_samples_per_second']],
  ['no rate', SUMMARY.replace('123.457', 'many'), DETAIL, ['result_samples_per_second']],
  ['another scenario', SUMMARY.replace('Offline', 'Server').replace('123.457', '9'), DETAIL, ['effective_scenario']],
  ['another mode', SUMMARY.replace('PerformanceOnly', 'AccuracyOnly'), DETAIL, ['effective_test_mode']],
  ['a verdict of its own', SUMMARY.replace(': VALID', ': INVALID'), WITHOUT_VERDICT, ['result_validity']],
  ['another percentile', SUMMARY.replace('5000000', '500000'), DETAIL, ['result_99.00_percentile_latency_ns']],
  ['another mean', SUMMARY.replace('4000000', '400000'), DETAIL, ['result_mean_latency_ns']],
  ['an error of its own', SUMMARY.replace('No errors', '1 ERROR'), DETAIL, ['errors']],
  ['no error of the detail log', SUMMARY, [...DETAIL, ERROR], ['errors']],
  ['the same error', SUMMARY.replace('No errors', '1 ERROR'), [...DETAIL, ERROR], []],
] as const) {
  test(`a summary that states ${what}`, async () => assert.deepEqual(await keysFor(summary, [...detail]), keys));
}
