import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { DETAIL_LOG_NAME } from '../../../logs/detail/read.js';
import { LATENCY_LOG_NAME } from '../../../logs/latencies/read.js';
import { TRACE_LOG_NAME } from '../../../logs/trace/read.js';
import { compareRuns } from '../../../reports/compare/compareRuns.js';
import { newFolder, singleStream, writeTest } from '../figures/runFolders.js';
import { detailLine } from '../goldenRun.js';

const latenciesNs = Float64Array.from({ length: 1000 }, (_, query) => 1000 + ((query * 7919) % 1000));
const values = singleStream(latenciesNs);
const LARGE = 10 * 2 ** 30;

/** Takes no room on the disk. */
function sparseFile(file: string, bytes: number): void {
  writeFileSync(file, '');
  truncateSync(file, bytes);
}

function runWith(change: (folder: string) => void): () => string {
  return () => {
    const folder = writeTest(values, latenciesNs);
    change(folder);
    return folder;
  };
}

const BAD: readonly [what: string, make: () => string, code: string, message: RegExp][] = [
  ['a folder that is not there', () => join(newFolder(), 'no'), 'REPORT_RUN_FOLDER', /no: ENOENT/],
  ['a file', () => join(writeTest(values), DETAIL_LOG_NAME), 'REPORT_RUN_FOLDER', /ENOTDIR/],
  ['a folder without logs', newFolder, 'REPORT_NO_LOGS', /holds no logs; expected mlperf_log_detail\.txt, or/],
  [
    'two runs in one folder',
    runWith((folder) => writeTest(values, latenciesNs, join(folder, 'SingleStream', 'performance', 'run_1'))),
    'REPORT_SEVERAL_RUNS',
    /mlperf_log_detail\.txt, .*SingleStream.*run_1; expected one/,
  ],
  [
    'two logs in one folder',
    runWith((folder) => copyFileSync(join(folder, DETAIL_LOG_NAME), join(folder, 'mlperf_log_2026_detail.txt'))),
    'REPORT_SEVERAL_RUNS',
    /mlperf_log_2026_detail\.txt/,
  ],
  [
    'two tests of one scenario',
    () => {
      const folder = newFolder();
      for (const name of ['run_1', 'run_2'])
        writeTest(values, latenciesNs, join(folder, 'Server', 'performance', name));
      return folder;
    },
    'REPORT_SEVERAL_RUNS',
    /two tests of SingleStream performance: .*run_1 and .*run_2/,
  ],
  [
    'two runs in one log',
    runWith((folder) => {
      const lines = Object.entries({ ...values, again: '1' }).map(([key, text]) => detailLine(key, text));
      writeFileSync(join(folder, DETAIL_LOG_NAME), [...lines, ...lines].join('\n'));
    }),
    'REPORT_LOG_KEY',
    /detail\.txt:\d+: effective_test_mode: found 2 entries, expected 1; they stand on lines \d+, \d+$/,
  ],
  [
    'a log cut inside a line',
    runWith((folder) => truncateSync(join(folder, DETAIL_LOG_NAME), 1500)),
    'REPORT_LOG_TRUNCATED',
    /detail\.txt:\d+: /,
  ],
  [
    'a log cut before the result',
    () => writeTest({ loadgen_version: '"6"', sut_name: '"s"', effective_test_mode: '"PerformanceOnly"' }),
    'REPORT_LOG_KEY',
    /detail\.txt holds no result_validity/,
  ],
  [
    'a figure that is text',
    () => writeTest({ ...values, result_query_count: '"many"' }),
    'REPORT_LOG_KEY',
    /:\d+: result_query_count: found a string, expected a number/,
  ],
  [
    'a detail log of 10 GB',
    runWith((folder) => sparseFile(join(folder, DETAIL_LOG_NAME), LARGE)),
    'REPORT_LOG_TOO_LONG',
    /found 10737418240 bytes, expected at most 268435456/,
  ],
  [
    'a detail log of one endless line',
    runWith((folder) => sparseFile(join(folder, DETAIL_LOG_NAME), 1 << 26)),
    'REPORT_LOG_TOO_LONG',
    /detail\.txt:1: found a line longer than 16777216 characters/,
  ],
  [
    'latencies of another run',
    runWith((folder) =>
      writeTest(
        values,
        latenciesNs.map((ns) => ns + 1),
        folder,
      ),
    ),
    'REPORT_LATENCIES',
    /its latencies give \d+ ns; the detail log's result_50\.00_percentile_latency_ns is \d+/,
  ],
  [
    'a latency log cut short',
    runWith((folder) => truncateSync(join(folder, LATENCY_LOG_NAME), 100)),
    'REPORT_LATENCY_LOG',
    /found 100 bytes, expected 8000, 8 for each of 1000 samples/,
  ],
  [
    'a latency log of 10 GB',
    runWith((folder) => sparseFile(join(folder, LATENCY_LOG_NAME), LARGE)),
    'REPORT_LATENCY_LOG',
    /found 10737418240 bytes/,
  ],
  [
    'a trace of 10 GB',
    () => {
      const folder = writeTest(values);
      sparseFile(join(folder, TRACE_LOG_NAME), LARGE);
      return folder;
    },
    'REPORT_TRACE_LOG',
    /found 10737418240 bytes for 1000 samples/,
  ],
  [
    'a trace of one endless line',
    () => {
      const folder = writeTest(values);
      sparseFile(join(folder, TRACE_LOG_NAME), 1 << 24);
      return folder;
    },
    'REPORT_TRACE_LOG',
    /a line longer than 1048576 characters/,
  ],
  [
    'a run.json of a later version',
    runWith((folder) => writeFileSync(join(folder, 'run.json'), '{"version": 2, "system": {}}')),
    'RUN_JSON',
    /run\.json: .*expected 1/s,
  ],
  [
    'a run.json that is no JSON',
    runWith((folder) => writeFileSync(join(folder, 'run.json'), '{')),
    'RUN_JSON',
    /run\.json: /,
  ],
  [
    'an accuracy.txt with other text',
    runWith((folder) => {
      writeTest({ ...values, effective_test_mode: '"AccuracyOnly"' }, undefined, folder);
      writeFileSync(join(folder, 'accuracy.txt'), 'accuracy=very good\n');
    }),
    'REPORT_ACCURACY_TEXT',
    /accuracy\.txt:1: found "accuracy=very good", expected accuracy=N%/,
  ],
  [
    'a log that is a folder',
    () => {
      const folder = newFolder();
      mkdirSync(join(folder, DETAIL_LOG_NAME));
      return folder;
    },
    'REPORT_LOG_READ',
    /is not a regular file/,
  ],
  [
    'a log that never ends',
    () => {
      const folder = newFolder();
      symlinkSync('/dev/zero', join(folder, DETAIL_LOG_NAME));
      return folder;
    },
    'REPORT_LOG_READ',
    /is not a regular file/,
  ],
];

for (const [what, make, code, message] of BAD) {
  test(`refuses ${what}`, () => assert.rejects(compareRuns([make()]), { name: 'LoadGenError', code, message }));
}

test('more samples than can be held leave the figures without intervals', async () => {
  const folder = writeTest({ ...values, result_query_count: '1000000000000' }, latenciesNs);
  const { scenarios } = await compareRuns([folder]);
  assert.match(scenarios[0]?.figures[0]?.values[0]?.noInterval ?? '', /^1000000000000 samples are more than/);
});
