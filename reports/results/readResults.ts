import { basename, dirname, join } from 'node:path';
import { LoadGenError } from '../../base/errors.js';
import { printable } from '../../base/text.js';
import { findLogFolders } from '../../runs/findLogFolders.js';
import { RunTest } from '../../runs/openRun.js';
import { figureOf, numberOrNull } from '../figures/measurement.js';
import { type MeasuredTest, measureTest } from '../figures/measureRun.js';
import type { ScenarioResult, TreeResults } from './treeResults.js';

/** A round has 10,000 log folders and ten times as many others. */
const MAX_FOLDERS = 1_000_000;

const TEST_FOLDER = /^(?:log_)?(?:accuracy|performance)$/i;

/**
 * The results of every test below a folder, in any layout.
 *
 * @throws REPORT_RUN_FOLDER if the folder cannot be read
 * @throws REPORT_NO_LOGS if there are no logs below it
 */
export async function readResults(tree: string): Promise<TreeResults> {
  const { folders, unreadable, isCut } = await findLogFolders(tree, MAX_FOLDERS);
  if (folders.length === 0) throw new LoadGenError('REPORT_NO_LOGS', `${tree} has no logs in it or below it`);
  const results = new Map<string, ScenarioResult>();
  const notRead = unreadable.map(({ folder, reason }) => ({ folder: shown(folder), reason }));
  if (isCut) notRead.push({ folder: '.', reason: `more than ${MAX_FOLDERS} folders; the rest was not looked into` });
  // One after another: each may hold its latencies in memory while it is read.
  for (const folder of folders) {
    try {
      addTest(results, folder, await measureTest(new RunTest(join(tree, folder))));
    } catch (thrown) {
      if (!(thrown instanceof LoadGenError)) throw thrown;
      notRead.push({ folder: shown(folder), reason: printable(`${thrown.message} (${thrown.code})`, 1000) });
    }
  }
  return { version: 1, folder: tree, results: [...results.values()], unreadable: notRead };
}

function addTest(results: Map<string, ScenarioResult>, folder: string, measured: MeasuredTest): void {
  const result = resultOf(scenarioFolder(folder), measured);
  const known = results.get(result.folder);
  if (known === undefined) {
    results.set(result.folder, result);
  } else if (known.scenario === result.scenario && (isAccuracyAlone(known) || isAccuracyAlone(result))) {
    const [speed, accuracy] = isAccuracyAlone(known) ? [result, known] : [known, result];
    results.set(result.folder, {
      ...speed,
      validity: [speed.validity, accuracy.validity].includes('INVALID') ? 'INVALID' : speed.validity,
      invalidReasons: [...speed.invalidReasons, ...accuracy.invalidReasons],
      accuracy: speed.accuracy ?? accuracy.accuracy,
      remarks: [...speed.remarks, ...accuracy.remarks],
    });
  } else {
    results.set(shown(folder), { ...result, folder: shown(folder) });
  }
}

function isAccuracyAlone({ figures, validity }: ScenarioResult): boolean {
  return figures.length === 0 && validity !== 'VALID';
}

function resultOf(folder: string, { test, figures, accuracy }: MeasuredTest): ScenarioResult {
  const { scenario, sutName, loadgenVersion, validity, invalidReasons, remarks } = test;
  return {
    ...{ folder, scenario, sutName, loadgenVersion, validity, invalidReasons },
    figures: figures.map(figureOf),
    accuracy:
      accuracy?.threshold === undefined
        ? null
        : { correct: accuracy.correctCount, pairs: accuracy.pairCount, share: numberOrNull(accuracy.accuracy) },
    remarks: [...remarks, ...(accuracy?.remarks ?? [])],
  };
}

/** Without the folders of the test: `SYSTEM/MODEL/Offline/performance/run_1` is in `SYSTEM/MODEL/Offline`. */
function scenarioFolder(folder: string): string {
  const test = TEST_FOLDER.test(basename(folder)) ? folder : dirname(folder);
  return shown(TEST_FOLDER.test(basename(test)) ? dirname(test) : folder);
}

function shown(folder: string): string {
  return printable(folder.replaceAll('\\', '/'), 500) || '.';
}
