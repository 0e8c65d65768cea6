/** The page as files, for hosts that only hand out files. */
import { readdir, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { LoadGenError, messageOf } from '../../base/errors.js';
import { makeFolder, writing } from '../../platform/node/files.js';
import { readJsonFile } from '../../platform/node/jsonFile.js';
import { systemCodeOf } from '../../platform/node/systemErrors.js';
import { writeWhole } from '../../platform/node/wholeFile.js';
import { LASTING_FOLDER, MANIFEST_PATH } from '../shared/manifest.js';
import { INDEX, type Site } from './site.js';

/** What tells an exported page from other folders. */
const manifestSchema = z.object({ packageVersion: z.string(), takesRuns: z.literal(false) });
const MAX_MANIFEST_BYTES = 1 << 26;

export interface ExportedSite {
  readonly files: number;
  readonly bytes: number;
}

/** @throws WEB_EXPORT unless a page can be written there: in no folder yet, an empty one, or in the place of an earlier page */
export async function checkExportFolder(folder: string): Promise<void> {
  const names = await readdir(folder).catch((thrown: unknown): string[] => {
    if (systemCodeOf(thrown) === 'ENOENT') return [];
    throw exportError(folder, messageOf(thrown), thrown);
  });
  if (names.length === 0) return;
  const read = await readJsonFile(join(folder, MANIFEST_PATH), manifestSchema, MAX_MANIFEST_BYTES);
  if ('fault' in read) throw exportError(folder, `found ${names.length} other files or folders in it`);
}

/**
 * Writes all files of a page, in place of those of an earlier one. What else is in the folder stays.
 *
 * @throws WEB_EXPORT as `checkExportFolder`
 * @throws EXPORT_WRITE if a file cannot be written
 */
export async function exportSite({ files }: Pick<Site, 'files'>, folder: string): Promise<ExportedSite> {
  await checkExportFolder(folder);
  await writing('EXPORT_WRITE', folder, () => rm(join(folder, LASTING_FOLDER), { recursive: true, force: true }));
  let bytes = 0;
  for (const path of inOrder([...files.keys()])) {
    const file = join(folder, path);
    await writing('EXPORT_WRITE', file, async () => {
      makeFolder(dirname(file));
      await writeWhole(file, (await files.get(path)?.read()) ?? '');
    });
    bytes += (await stat(file)).size;
  }
  return { files: files.size, bytes };
}

/** First what tells that the folder is of a page, in case that this is interrupted; last what opens it. */
function inOrder(paths: readonly string[]): string[] {
  const others = paths.filter((path) => path !== MANIFEST_PATH && path !== INDEX);
  return [MANIFEST_PATH, ...others, INDEX];
}

function exportError(folder: string, found: string, cause?: unknown): LoadGenError {
  return new LoadGenError('WEB_EXPORT', `${folder}: ${found}, expected no folder, an empty one or an exported page`, {
    hint: 'Name another folder.',
    cause,
  });
}
