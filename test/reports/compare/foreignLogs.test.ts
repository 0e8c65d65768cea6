import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { compareRuns } from '../../../reports/compare/compareRuns.js';
import type { Comparison } from '../../../reports/compare/comparison.js';

import { newFolder } from '../figures/runFolders.js';

const LOGS = fileURLToPath(new URL('../../../../test/fixtures/foreign-logs', import.meta.url));
const P50 = 267385187;

function copied(name: string, change: (folder: string) => void): string {
  const folder = newFolder();
  cpSync(join(LOGS, name), folder, { recursive: true });
  change(folder);
  return folder;
}

function edited(name: string, change: (detail: string) => string): string {
  return copied(name, (folder) => {
    const file = join(folder, 'mlperf_log_detail.txt');
    writeFileSync(file, change(readFileSync(file, 'utf8')));
  });
}

function figuresOf({ scenarios }: Comparison): Record<string, number | null | undefined> {
  const figures = scenarios.flatMap((scenario) => scenario.figures);
  return Object.fromEntries(figures.map(({ name, values }) => [name, values[0]?.value]));
}

const READ: readonly [what: string, folder: string, warning: RegExp][] = [
  [
    'an empty trace',
    copied('empty-trace', (folder) => writeFileSync(join(folder, 'mlperf_log_trace.json'), '')),
    /NO_LATENCIES .* an empty mlperf_log_trace\.json/,
  ],
  ['LoadGen 1.1', join(LOGS, 'loadgen-1.1'), /NO_LATENCIES .* how many samples/],
  [
    'LoadGen 1.1, INVALID',
    edited('loadgen-1.1', (text) =>
      text
        .replace('"result_validity", "value": "VALID"', '"result_validity", "value": "INVALID"')
        .replace('"result_min_duration_met", "value": true', '"result_min_duration_met", "value": false'),
    ),
    /^INVALID .*minimum duration/m,
  ],
  ['an accuracy of another model', join(LOGS, 'other-accuracy'), /OTHER_ACCURACY .*another model.*"\{"f1": 71\.25\}"/],
  ["the mobile app's folders", join(LOGS, 'mobile-app'), /NO_LATENCIES/],
  ["the mobile app's folders, from the scenario's", join(LOGS, 'mobile-app', 'SingleStream'), /NO_LATENCIES/],
  [
    'folders in lower case',
    copied('other-accuracy', (folder) => renameSync(join(folder, 'SingleStream'), join(folder, 'singlestream'))),
    /OTHER_ACCURACY/,
  ],
  [
    'a line break in a value',
    join(LOGS, 'line-break'),
    /^INVALID .* First reason: lower the rate\. Second reason: lower the rate\.$/m,
  ],
  [
    'a line break in a value and CRLF',
    edited('line-break', (text) => text.replaceAll('\n', '\r\n')),
    /^INVALID .* First reason: lower the rate\. Second reason: lower the rate\.$/m,
  ],
  [
    'numbers and verdicts as text',
    edited('loadgen-1.1', (text) => text.replace(/"value": (true|false|-?[\d.]+(?:e[+-]?\d+)?),/g, '"value": "$1",')),
    /NO_LATENCIES/,
  ],
];

for (const [what, folder, warning] of READ) {
  test(`read: ${what}`, async () => {
    const comparison = await compareRuns([folder]);
    assert.equal(figuresOf(comparison).p50, P50);
    assert.match(comparison.warnings.map(({ code, message }) => `${code} ${message}`).join('\n'), warning);
  });
}

test('read: accuracy.txt with CRLF', async () => {
  assert.equal(figuresOf(await compareRuns([join(LOGS, 'crlf-accuracy')])).accuracy, 1);
});

const REFUSED: readonly [what: string, folder: () => string, code: string, message: RegExp][] = [
  [
    'a log of before 1.0',
    () => join(LOGS, 'loadgen-0.5'),
    'REPORT_DETAIL_LOG',
    /the text log of a LoadGen before 1\.0/,
  ],
  [
    'a log of Endpoints',
    () => edited('loadgen-0.5', () => ':::ENDPTS {"key": "a", "value": 1}\n'),
    'REPORT_DETAIL_LOG',
    /a log of MLPerf Endpoints/,
  ],
  [
    'a pointer of Git LFS',
    () => edited('loadgen-0.5', () => 'version https://git-lfs.github.com/spec/v1\n'),
    'REPORT_DETAIL_LOG',
    /a Git LFS pointer in place of the log/,
  ],
  ['an empty log', () => edited('loadgen-0.5', () => ''), 'REPORT_DETAIL_LOG', /holds no text/],
  [
    'a log that ends before its figures',
    () => edited('loadgen-1.1', (text) => text.slice(0, text.indexOf(':::MLLOG {"key": "result_qps_with'))),
    'REPORT_LOG_KEY',
    /holds no result_50\.00_percentile_latency_ns/,
  ],
  [
    'a line that is cut off',
    () => edited('line-break', (text) => text.replace(/\nSecond reason[\s\S]*$/, '\n')),
    'REPORT_LOG_TRUNCATED',
    /:75: found/,
  ],
  [
    'logs further below',
    () => {
      const folder = newFolder();
      mkdirSync(join(folder, 'results'));
      cpSync(join(LOGS, 'mobile-app'), join(folder, 'results', 'resnet50'), { recursive: true });
      return folder;
    },
    'REPORT_NO_LOGS',
    /some in .*results.resnet50.SingleStream.log_accuracy and 1 others/,
  ],
];

for (const [what, folder, code, message] of REFUSED) {
  test(`refused: ${what}`, () => assert.rejects(compareRuns([folder()]), { name: 'LoadGenError', code, message }));
}
