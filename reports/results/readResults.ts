import { LoadGenError } from '../../base/errors.js';
import { UnpackedArchives } from '../../runs/unpackedArchives.js';
import { benchmarksOf } from './benchmarks.js';
import { readDuelSystems } from './duelSystems.js';
import { findResults, shownFolder } from './findResults.js';
import { type Results, resultsSchema } from './results.js';
import { readRunSystems } from './runSystems.js';

/**
 * The results of every run, duel and submission below folders, in any layout, and in archives that pages save.
 *
 * @throws REPORT_RUN_FOLDER, REPORT_ARCHIVE if no folder and no archive can be read
 * @throws REPORT_NO_LOGS if there are no logs and no duels below them
 */
export async function readResults(folders: readonly string[]): Promise<Results> {
  const archives = new UnpackedArchives();
  try {
    const results = JSON.stringify(await readUnpacked(folders, archives), (_, value) =>
      typeof value === 'string' ? archives.told(value) : value,
    );
    return resultsSchema.parse(JSON.parse(results));
  } finally {
    archives.remove();
  }
}

async function readUnpacked(folders: readonly string[], archives: UnpackedArchives): Promise<Results> {
  const { tests, duels, audits, unreadable: notFound } = await findResults(folders, archives);
  if (tests.length + duels.length === 0)
    throw new LoadGenError(
      'REPORT_NO_LOGS',
      `${folders.join(', ')}: found ${audits} tests of audits alone, expected results`,
    );
  const unreadable = [...notFound];
  const systems = [...(await readRunSystems(tests, unreadable)), ...(await readDuelSystems(duels, unreadable))];
  return { version: 1, folders: folders.map(shownFolder), benchmarks: benchmarksOf(systems), audits, unreadable };
}
