/**
 * Makes the page for devices of its sources: `node dist/scripts/bundlePage.js [FOLDER]`, by default into `dist/web/built/`.
 * `npm run build` does it last.
 */
import { copyFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { BUILT_PAGE, INDEX } from '../web/server/site.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

const outdir = process.argv[2] ?? BUILT_PAGE;
await rm(outdir, { recursive: true, force: true });
await build({
  absWorkingDir: ROOT,
  entryPoints: { main: 'web/page/main.ts', worker: 'web/worker/main.ts', style: 'web/page/style.css' },
  outdir,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'browser',
  target: 'es2022',
  minify: true,
  legalComments: 'linked',
  logLevel: 'warning',
});
await copyFile(join(ROOT, 'web/page', INDEX), join(outdir, INDEX));
