import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeFolder } from '../../platform/node/files.js';
import { RequestFault } from '../../platform/node/httpServer.js';
import { writing } from '../../runs/runFolder.js';
import { type FolderFacts, runFiles, testFolderOf } from '../shared/runFiles.js';
import type { Upload } from '../shared/upload.js';

/**
 * Writes what a device has sent, under names that are chosen here.
 *
 * @throws RequestFault if two tests have one place
 * @throws RUN_FOLDER if a file cannot be written
 */
export function writeUpload(folder: string, upload: Upload, facts: FolderFacts): void {
  const places = new Set<string>();
  for (const test of upload.tests) {
    const place = testFolderOf(test);
    if (places.has(place)) throw new RequestFault(`found two tests ${test.scenario} ${test.mode}`);
    places.add(place);
  }
  for (const { path, content } of runFiles(upload, facts)) {
    const file = join(folder, path);
    writing(file, () => {
      makeFolder(dirname(file));
      writeFileSync(file, content);
    });
  }
}
