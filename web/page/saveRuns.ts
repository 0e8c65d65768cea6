import { strToU8, zipSync } from 'fflate';
import type { Manifest } from '../shared/manifest.js';
import { runFiles } from '../shared/runFiles.js';
import { element } from './dom.js';
import type { OwnRun } from './readOwnRun.js';

/** Time enough for a browser to ask its user where to. */
const KEEP_MS = 60_000;

/** Has the browser save an archive with a folder for each run. */
export function saveRuns(runs: readonly OwnRun[], manifest: Manifest): void {
  const files = runs.flatMap(({ folder, upload }) =>
    runFiles(upload, manifest).map(({ path, content }) => [
      `${folder}/${path}`,
      typeof content === 'string' ? strToU8(content) : content,
    ]),
  );
  const archive = new Blob([zipSync(Object.fromEntries(files))], { type: 'application/zip' });
  const url = URL.createObjectURL(archive);
  element('a', { href: url, download: `${runs.at(-1)?.folder}.zip` }).click();
  setTimeout(() => URL.revokeObjectURL(url), KEEP_MS);
}
