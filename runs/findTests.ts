import { existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { LoadGenError, messageOf } from '../base/errors.js';
import { TEST_SCENARIOS } from '../loadgen/settings/testSettings.js';
import { DETAIL_LOG_NAME } from '../logs/detail/read.js';
import { placeOf } from '../platform/node/replaceFolder.js';
import { findLogFolders } from './findLogFolders.js';
import { PERFORMANCE_FOLDER, RUN_JSON, TEST_FOLDERS } from './layout.js';

const OTHER_DETAIL_LOG = /detail.*\.txt$/;

/** Published rounds have these in any letters; Interactive is a Server test of another model. */
const SCENARIO_FOLDERS = [...TEST_SCENARIOS, 'Interactive'].map((name) => name.toLowerCase());
/** A test's folder below its scenario's: ours, those of published rounds, and the mobile app's. */
const { PerformanceOnly: _performance, AccuracyOnly: accuracy, ...others } = TEST_FOLDERS;
const ACCURACY_FOLDERS = [accuracy, 'log_accuracy'];
const OTHER_FOLDERS = ['log_performance', ...Object.values(others).map((name) => name.toLowerCase())];
const RUNS_FOLDER = dirname(PERFORMANCE_FOLDER);
const NUMBERED_RUN = /^run_\d+$/i;

/** Whether a folder of this name holds the tests of one scenario. */
export function isScenarioFolder(name: string): boolean {
  return SCENARIO_FOLDERS.includes(name.toLowerCase());
}

/** How far to look for the logs that a message names. */
const MAX_SEARCHED_FOLDERS = 2000;

/**
 * The folders with the logs of a run's tests: the folder itself, or those below it in the layout of a submission
 * (`SCENARIO/accuracy`, `SCENARIO/performance/run_1`) or of the mobile app (`SCENARIO/log_accuracy`), from the run's
 * folder or from the scenario's. Throws where there are none, and where there are both.
 */
export async function findTests(runFolder: string): Promise<string[]> {
  const names = await namesIn(runFolder);
  const tests = await testsBelow(runFolder, names);
  for (const scenario of SCENARIO_FOLDERS) {
    for (const name of names.filter((found) => found.toLowerCase() === scenario)) {
      const folder = join(runFolder, name);
      tests.push(...(await testsBelow(folder, await namesInIfThere(folder))));
    }
  }
  const logs = names.filter((name) => OTHER_DETAIL_LOG.test(name));
  if (logs.length > 1 || (logs.length > 0 && tests.length > 0)) {
    const found = [...logs, ...tests].slice(0, 4).join(', ');
    throw new LoadGenError('REPORT_SEVERAL_RUNS', `${runFolder} holds several runs: ${found}; expected one`, {
      hint: 'Give each run a folder of its own.',
    });
  }
  if (names.includes(DETAIL_LOG_NAME)) return [runFolder];
  if (tests.length > 0) return tests;
  throw await noLogs(runFolder, logs[0]);
}

async function testsBelow(scenarioFolder: string, names: readonly string[]): Promise<string[]> {
  const called = (wanted: readonly string[]) =>
    wanted.flatMap((folder) => names.filter((name) => placeOf(name, names)?.toLowerCase() === folder));
  const runs: string[] = [];
  for (const name of called([RUNS_FOLDER])) {
    const found = await namesInIfThere(join(scenarioFolder, name));
    const numbered = found.filter((run) => NUMBERED_RUN.test(placeOf(run, found) ?? ''));
    runs.push(...numbered.map((run) => join(name, run)));
  }
  const candidates = [...called(ACCURACY_FOLDERS), ...runs, ...called(OTHER_FOLDERS)].map((name) =>
    join(scenarioFolder, name),
  );
  const found = await Promise.all(candidates.map(namesInIfThere));
  return candidates.filter((_, index) => found[index]?.includes(DETAIL_LOG_NAME));
}

async function noLogs(runFolder: string, otherLog: string | undefined): Promise<LoadGenError> {
  const expected = `${DETAIL_LOG_NAME}, or folders such as SingleStream/${PERFORMANCE_FOLDER} with it`;
  if (otherLog !== undefined) {
    const hint = `There is ${otherLog}: rename it.`;
    return new LoadGenError('REPORT_NO_LOGS', `${runFolder} holds no logs; expected ${expected}`, { hint });
  }
  const { folders } = await findLogFolders(runFolder, MAX_SEARCHED_FOLDERS);
  const [first] = folders;
  if (first === undefined) {
    const hint = existsSync(join(runFolder, RUN_JSON))
      ? 'Its run ended before its first test did: run it again.'
      : 'Name the folder that a finished run left its logs in.';
    return new LoadGenError('REPORT_NO_LOGS', `${runFolder} holds no logs; expected ${expected}`, { hint });
  }
  const others = folders.length === 1 ? '' : ` and ${folders.length - 1} others`;
  return new LoadGenError(
    'REPORT_NO_LOGS',
    `${runFolder} holds no logs of one run, but there are some in ${join(runFolder, first)}${others}; expected ${expected}`,
    { hint: `Name one of these folders, or list them all with "loadgen results ${runFolder}".` },
  );
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).toSorted();
  } catch (thrown) {
    throw new LoadGenError('REPORT_RUN_FOLDER', `cannot read the run's folder ${folder}: ${messageOf(thrown)}`, {
      hint: 'Name the folder that a run left its logs in.',
      cause: thrown,
    });
  }
}

async function namesInIfThere(folder: string): Promise<string[]> {
  return (await stat(folder).catch(() => undefined))?.isDirectory() ? namesIn(folder) : [];
}
