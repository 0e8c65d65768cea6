/** What is not right in a run's folder, for commands that leave tests there. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { LoadGenError } from '../../../base/errors.js';
import { compareRuns } from '../../../reports/compare/compareRuns.js';
import { readRunResult } from '../../../reports/result/readRunResult.js';
import { readResults } from '../../../reports/results/readResults.js';
import { ACCURACY_FOLDER, PERFORMANCE_FOLDER, RUN_JSON } from '../../../runs/layout.js';
import { faultOfTestLogs } from '../testLogs.js';

/** Those of each command here. */
const TESTS = [
  { folder: join('Offline', ACCURACY_FOLDER), mode: 'AccuracyOnly' },
  { folder: join('Offline', PERFORMANCE_FOLDER), mode: 'PerformanceOnly' },
];

const idSchema = z.object({ id: z.string() });

/**
 * Every test that is read is whole, every other one is named, and earlier tests are there.
 *
 * @param wasDone whether a run had ended well in the folder
 */
export async function faultOfRun(runFolder: string, wasDone: boolean): Promise<string | undefined> {
  const read = await readRunResult(runFolder).catch(notFound);
  if (read === undefined) return wasDone ? 'no earlier test is found' : undefined;
  const { tests, missing = [] } = read;
  if (wasDone && tests.length < TESTS.length) return `${tests.length} tests are left, ${TESTS.length} were there`;
  for (const { folder, mode } of tests) {
    const path = join(runFolder, folder);
    const fault = faultOfTestLogs(path);
    if (fault !== undefined) return `read as whole: ${fault}`;
    if (mode === 'AccuracyOnly' && !existsSync(join(path, 'accuracy.txt'))) return `read without accuracy: ${folder}`;
  }
  const { id } = idSchema.parse(JSON.parse(readFileSync(join(runFolder, RUN_JSON), 'utf8')));
  const named = missing.map(({ mode }) => mode).join();
  const expected = TESTS.filter(({ folder }) => !isOfRun(join(runFolder, folder), id)).map(({ mode }) => mode);
  if (named !== expected.join()) return `named as missing: ${named || 'none'}; not of this run: ${expected.join()}`;
  return faultOfReaders(runFolder, missing.length);
}

/** All tests are there, and of one run. */
export async function faultOfWholeRun(runFolder: string): Promise<string | undefined> {
  const { missing = [] } = await readRunResult(runFolder);
  const [first] = missing;
  return first === undefined ? faultOfRun(runFolder, true) : `missing: ${first.scenario} ${first.mode}`;
}

async function faultOfReaders(runFolder: string, missingCount: number): Promise<string | undefined> {
  const { warnings } = await compareRuns([runFolder]);
  const warned = warnings.filter(({ code }) => code === 'MISSING').length;
  if (warned !== missingCount) return `compare names ${warned} missing tests, expected ${missingCount}`;
  const [unreadable] = (await readResults([dirname(runFolder)])).unreadable;
  return unreadable === undefined ? undefined : `results cannot read ${unreadable.folder}: ${unreadable.reason}`;
}

function isOfRun(testFolder: string, id: string): boolean {
  const detail = join(testFolder, 'mlperf_log_detail.txt');
  return existsSync(detail) && readFileSync(detail, 'utf8').includes(`"key": "run_id", "value": "${id}"`);
}

/** Undefined where there is no test yet. */
function notFound(thrown: unknown): undefined {
  if (thrown instanceof LoadGenError && ['REPORT_NO_LOGS', 'REPORT_RUN_FOLDER'].includes(thrown.code)) return undefined;
  throw thrown;
}
