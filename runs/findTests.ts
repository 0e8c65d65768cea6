import { existsSync, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { LoadGenError, messageOf } from '../base/errors.js';
import { TEST_SCENARIOS } from '../loadgen/settings/testSettings.js';
import { DETAIL_LOG_NAME } from '../logs/detail/read.js';
import { PERFORMANCE_FOLDER, TEST_FOLDERS } from './layout.js';

const OTHER_DETAIL_LOG = /detail.*\.txt$/;

/**
 * The folders with the logs of a run's tests: the folder itself, or those below it in the layout of a submission
 * (`SCENARIO/accuracy`, `SCENARIO/performance/run_1`). Throws where there are none, and where there are both.
 */
export async function findTests(runFolder: string): Promise<string[]> {
  const names = await namesIn(runFolder);
  const scenarios = TEST_SCENARIOS.filter((scenario) => names.includes(scenario));
  const below = await Promise.all(scenarios.map((scenario) => testsBelow(join(runFolder, scenario))));
  const tests = below.flat();
  const logs = names.filter((name) => OTHER_DETAIL_LOG.test(name));
  if (logs.length > 1 || (logs.length > 0 && tests.length > 0)) {
    const found = [...logs, ...tests].slice(0, 4).join(', ');
    throw new LoadGenError('REPORT_SEVERAL_RUNS', `${runFolder} holds several runs: ${found}; expected one`, {
      hint: 'Give each run a folder of its own.',
    });
  }
  if (names.includes(DETAIL_LOG_NAME)) return [runFolder];
  if (tests.length > 0) return tests;
  throw new LoadGenError(
    'REPORT_NO_LOGS',
    `${runFolder} holds no logs; expected ${DETAIL_LOG_NAME}, or folders such as SingleStream/${PERFORMANCE_FOLDER} with it`,
    {
      hint:
        logs.length > 0 ? `There is ${logs[0]}: rename it.` : 'Name the folder that a finished run left its logs in.',
    },
  );
}

async function testsBelow(scenarioFolder: string): Promise<string[]> {
  const performance = join(scenarioFolder, dirname(PERFORMANCE_FOLDER));
  const runs = (await namesInIfThere(performance)).filter((name) => /^run_\d+$/.test(name)).toSorted();
  const { PerformanceOnly: _, AccuracyOnly: accuracy, ...others } = TEST_FOLDERS;
  const candidates = [
    join(scenarioFolder, accuracy),
    ...runs.map((name) => join(performance, name)),
    ...Object.values(others).map((name) => join(scenarioFolder, name)),
  ];
  const names = await Promise.all(candidates.map(namesInIfThere));
  return candidates.filter((_, index) => names[index]?.includes(DETAIL_LOG_NAME));
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (thrown) {
    throw new LoadGenError('REPORT_RUN_FOLDER', `cannot read the run's folder ${folder}: ${messageOf(thrown)}`, {
      hint: 'Name the folder that a run left its logs in.',
      cause: thrown,
    });
  }
}

async function namesInIfThere(folder: string): Promise<string[]> {
  return existsSync(folder) && statSync(folder).isDirectory() ? namesIn(folder) : [];
}
