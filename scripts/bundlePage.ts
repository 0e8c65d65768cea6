/**
 * Makes the page for devices of its sources, by default into `dist/web/built/`, and packs the runtimes of its engines:
 * `node dist/scripts/bundlePage.js [FOLDER]`.
 */
import { copyFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { replaceFolder } from '../platform/node/replaceFolder.js';
import { BUILT_PAGE, INDEX } from '../web/server/site.js';
import { BROWSER_CONDITIONS } from './browserConditions.js';
import { describeInt8Models } from './describeInt8Models.js';
import { packRuntimes } from './packRuntimes.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

const folder = resolve(process.argv[2] ?? BUILT_PAGE);
/** A page that is handed out meanwhile stays whole. */
const outdir = `${folder}.${process.pid}`;
const OPTIONS = {
  absWorkingDir: ROOT,
  outdir,
  bundle: true,
  platform: 'browser',
  target: 'es2022',
  conditions: BROWSER_CONDITIONS,
  minify: true,
  legalComments: 'linked',
  logLevel: 'warning',
} as const;
await build({
  ...OPTIONS,
  entryPoints: { main: 'web/page/main.ts', worker: 'web/worker/main.ts', style: 'web/page/style.css' },
  splitting: true,
  format: 'esm',
});
// Not every browser takes a service worker that imports modules.
await build({ ...OPTIONS, entryPoints: { isolate: 'web/serviceWorker/isolate.ts' }, format: 'iife' });
await copyFile(join(ROOT, 'web/page', INDEX), join(outdir, INDEX));
replaceFolder(folder, outdir);
await packRuntimes();
await describeInt8Models();
