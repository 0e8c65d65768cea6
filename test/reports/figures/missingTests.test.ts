import assert from 'node:assert/strict';
import { rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { DETAIL_LOG_NAME } from '../../../logs/detail/read.js';
import { DETAIL_VERSION_KEY, LAST_KEY } from '../../../logs/detail/write.js';
import { compareRuns } from '../../../reports/compare/compareRuns.js';
import { comparisonTable } from '../../../reports/compare/comparisonTable.js';
import { readMissingTests } from '../../../reports/figures/missingTests.js';
import { readQueryLatencies } from '../../../reports/latencyFiles.js';
import { readRunResult } from '../../../reports/result/readRunResult.js';
import { RUN_JSON } from '../../../runs/layout.js';
import { openRun } from '../../../runs/openRun.js';
import { newFolder, offline, singleStream, writeTest } from './runFolders.js';

const LATENCIES = Float64Array.from({ length: 100 }, (_, query) => 1e6 + query);
const SINGLE_STREAM = 'SingleStream/performance/run_1';
const OFFLINE = 'Offline/performance/run_1';

/** A run of id "now", with two tests of it planned: what it says, and the logs of both. */
function runOfTwo(ids: { readonly offline?: string } = { offline: 'now' }): string {
  const folder = newFolder();
  const planned = ['SingleStream', 'Offline'].map((scenario) => ({ scenario, mode: 'PerformanceOnly' }));
  writeFileSync(join(folder, RUN_JSON), JSON.stringify({ version: 1, id: 'now', planned, system: {} }));
  const logged = (id: string | undefined) => ({
    [DETAIL_VERSION_KEY]: '2',
    ...(id === undefined ? {} : { run_id: JSON.stringify(id) }),
  });
  const last = { [LAST_KEY]: '0' };
  writeTest({ ...logged('now'), ...singleStream(LATENCIES), ...last }, LATENCIES, join(folder, SINGLE_STREAM));
  writeTest({ ...logged(ids.offline), ...offline(LATENCIES), ...last }, LATENCIES, join(folder, OFFLINE));
  return folder;
}

const detailOf = (folder: string) => join(folder, OFFLINE, DETAIL_LOG_NAME);
const BEFORE = 'the run ended before it was measured';
const CUT = 'its detail log ends early, as when a run is killed or the disk is full';

const RUNS: readonly [what: string, folder: () => string, missing: string | undefined][] = [
  ['with all its tests', runOfTwo, undefined],
  ['of before runs had an id', () => runOfTwo({}), undefined],
  [
    'with a test of an earlier run',
    () => runOfTwo({ offline: 'then' }),
    `${BEFORE}; the logs that are there are of an earlier run`,
  ],
  ['without a test', () => without(OFFLINE), BEFORE],
  ['with a test whose detail log is cut', () => changed((folder) => truncateSync(detailOf(folder), 1200)), CUT],
  ['with a test whose detail log is empty', () => changed((folder) => truncateSync(detailOf(folder), 0)), CUT],
];
for (const [what, made, reason] of RUNS) {
  test(`a run ${what} is read, and what is missing is named`, async () => {
    const folder = made();
    const { tests, missing } = await readRunResult(folder);
    const expected = reason === undefined ? undefined : [{ scenario: 'Offline', mode: 'PerformanceOnly', reason }];
    assert.deepEqual(missing, expected);
    assert.deepEqual(await readMissingTests(await openRun(folder)), expected ?? []);
    assert.equal(tests[0]?.scenario, 'SingleStream');
    const comparison = await compareRuns([folder]);
    const warnings = comparison.warnings.filter(({ code }) => code === 'MISSING');
    assert.equal(warnings.length, reason === undefined ? 0 : 1);
    assert.equal(comparisonTable(comparison, { color: false }).includes('MISSING Offline'), reason !== undefined);
    const exported: string[] = [];
    for await (const { scenario } of readQueryLatencies(await openRun(folder))) exported.push(scenario);
    assert.equal(exported[0], 'SingleStream');
  });
}

test('a run without a test is said to have ended before its first', async () => {
  const folder = changed((run) => {
    for (const scenario of ['SingleStream', 'Offline']) rmSync(join(run, scenario), { recursive: true });
  });
  const hint = 'Its run ended before its first test did: run it again.';
  await assert.rejects(readRunResult(folder), { code: 'REPORT_NO_LOGS', hint });
});

test('a folder of cut logs alone is refused', async () => {
  const folder = changed((run) => {
    rmSync(join(run, SINGLE_STREAM), { recursive: true });
    truncateSync(detailOf(run), 1200);
  });
  await assert.rejects(readRunResult(folder), { code: 'REPORT_LOG_TRUNCATED' });
});

function changed(change: (folder: string) => void): string {
  const folder = runOfTwo();
  change(folder);
  return folder;
}

function without(testFolder: string): string {
  return changed((folder) => rmSync(join(folder, testFolder), { recursive: true }));
}
