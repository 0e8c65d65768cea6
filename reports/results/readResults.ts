import { basename, dirname, join } from 'node:path';
import { LoadGenError } from '../../base/errors.js';
import { printable } from '../../base/text.js';
import { findLogFolders } from '../../runs/findLogFolders.js';
import { RunTest } from '../../runs/openRun.js';
import { measurementOf, numberOrNull } from '../figures/measurement.js';
import { type MeasuredTest, measureTest } from '../figures/measureRun.js';
import type { FigureUnit } from '../figures/runRecord.js';

/** A round has 10,000 log folders and ten times as many others. */
const MAX_FOLDERS = 1_000_000;

const TEST_FOLDER = /^(?:log_)?(?:accuracy|performance)$/i;

/** What a scenario's tests in one place state: usually a performance test and an accuracy test. */
export interface ScenarioResult {
  /** Relative to the tree, with slashes: that of the scenario, or of the test where it has several of a kind. */
  readonly folder: string;
  readonly scenario: string;
  readonly sutName: string;
  readonly loadgenVersion: string;
  readonly validity: 'VALID' | 'INVALID' | null;
  readonly invalidReasons: readonly string[];
  readonly figures: readonly ({ readonly name: string; readonly unit: FigureUnit } & ReturnType<
    typeof measurementOf
  >)[];
  /** Null where there is none, or it is not of pairs of faces. */
  readonly accuracy: { readonly correct: number; readonly pairs: number; readonly share: number | null } | null;
  readonly remarks: readonly string[];
}

export interface TreeResults {
  readonly version: 1;
  readonly folder: string;
  readonly results: readonly ScenarioResult[];
  /** Folders whose logs cannot be read, and why. */
  readonly unreadable: readonly { readonly folder: string; readonly reason: string }[];
}

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
    figures: figures.map((figure) => ({ name: figure.name, unit: figure.unit, ...measurementOf(figure) })),
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
