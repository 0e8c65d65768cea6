import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { readDetailLog } from '../../logs/detail/read.js';
import { DetailLogFindings } from '../../submission/checks/detailLogFindings.js';
import { checkSummaryAgrees } from '../../submission/checks/summaryAgrees.js';
import type { Finding } from '../../submission/finding.js';
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
  return (await findingsFor(summary, detail)).map(({ key }) => key);
}

async function findingsFor(summary: string, detail: readonly string[]): Promise<Finding[]> {
  const path = mkdtempSync(join(tmpdir(), 'summary-test-'));
  try {
    writeFileSync(join(path, 'mlperf_log_summary.txt'), summary);
    const { entries } = await readDetailLog(memorySource(detail.join('\n')));
    return await checkSummaryAgrees({ path, shown: 'run' }, DetailLogFindings.of('run', entries));
  } finally {
    rmSync(path, { recursive: true });
  }
}

const WITHOUT_VERDICT = DETAIL.filter((line) => !line.includes('result_validity'));
const MEAN_OF_0 = DETAIL.map((line) => line.replace('4000000', '0'));
const ERROR = detailLine('error_runtime', '"broken"', true);

for (const [what, summary, detail, keys] of [
  ['the same', SUMMARY, DETAIL, []],
  ['the same with CRLF', SUMMARY.replaceAll('\n', '\r\n'), DETAIL, []],
  ['a rate rounded to two decimals', SUMMARY.replace('123.457', '123.46'), DETAIL, []],
  ['another rate', SUMMARY.replace('123.457', '910'), DETAIL, ['result_samples_per_second']],
  ['no rate', SUMMARY.replace('123.457', 'many'), DETAIL, ['result_samples_per_second']],
  ['another scenario', SUMMARY.replace('Offline', 'Server').replace('123.457', '9'), DETAIL, ['effective_scenario']],
  ['another mode', SUMMARY.replace('PerformanceOnly', 'AccuracyOnly'), DETAIL, ['effective_test_mode']],
  ['nothing where a figure of 0 is logged', SUMMARY.replace('4000000', ''), MEAN_OF_0, ['result_mean_latency_ns']],
  ['a verdict of its own', SUMMARY.replace(': VALID', ': INVALID'), WITHOUT_VERDICT, ['result_validity']],
  ['another percentile', SUMMARY.replace('5000000', '500000'), DETAIL, ['result_99.00_percentile_latency_ns']],
  ['another mean', SUMMARY.replace('4000000', '400000'), DETAIL, ['result_mean_latency_ns']],
  ['an error of its own', SUMMARY.replace('No errors', '1 ERROR'), DETAIL, ['errors']],
  ['no error of the detail log', SUMMARY, [...DETAIL, ERROR], ['errors']],
  ['the same error', SUMMARY.replace('No errors', '1 ERROR'), [...DETAIL, ERROR], []],
] as const) {
  test(`a summary that states ${what}`, async () => assert.deepEqual(await keysFor(summary, [...detail]), keys));
}

const COUNTS_ERRORS = 'the line that counts the errors, as in a complete summary';

test('a summary that ends early, wherever it is, has one finding', async () => {
  const detail = DETAIL.map((line) => line.replace(/123\.457|4000000|5000000/, '0'));
  const summary = SUMMARY.replaceAll(/123\.457|4000000|5000000/g, '0');
  assert.deepEqual(await findingsFor(summary, detail), []);
  for (let length = 0; length < summary.trimEnd().length; length++) {
    const findings = await findingsFor(summary.slice(0, length), detail);
    assert.deepEqual(
      findings.map(({ expected }) => expected),
      [COUNTS_ERRORS],
      `after ${length} characters`,
    );
  }
  const [cut] = await findingsFor('Scenario : Offline\nMode', detail);
  assert.equal(cut?.found, 'the end after line 2, "Mode"');
});
