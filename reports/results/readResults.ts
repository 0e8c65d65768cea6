import { LoadGenError } from '../../base/errors.js';
import { benchmarksOf } from './benchmarks.js';
import { readDuelSystems } from './duelSystems.js';
import { findResults, shownFolder } from './findResults.js';
import type { Results } from './results.js';
import { readRunSystems } from './runSystems.js';

/**
 * The results of every run, duel and submission below folders, in any layout.
 *
 * @throws REPORT_RUN_FOLDER if no folder can be read
 * @throws REPORT_NO_LOGS if there are no logs and no duels below them
 */
export async function readResults(folders: readonly string[]): Promise<Results> {
  const { tests, duels, audits, unreadable: notFound } = await findResults(folders);
  if (tests.length + duels.length === 0)
    throw new LoadGenError(
      'REPORT_NO_LOGS',
      `${folders.join(', ')}: found ${audits} tests of audits alone, expected results`,
    );
  const unreadable = [...notFound];
  const systems = [...(await readRunSystems(tests, unreadable)), ...(await readDuelSystems(duels, unreadable))];
  return { version: 1, folders: folders.map(shownFolder), benchmarks: benchmarksOf(systems), audits, unreadable };
}
