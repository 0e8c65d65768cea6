// Compiles what runs, and not the tests, without checking types: for `npm start` on a fresh clone, where `tsc` would take
// longer than the first test. Plain JavaScript: it runs before anything is compiled.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
/** Rooms that the command line does without. */
const LEFT_OUT = ['bench', 'test'];

const { include } = JSON.parse(readFileSync(`${root}tsconfig.json`, 'utf8'));
const entryPoints = include
  .filter((folder) => !LEFT_OUT.includes(folder))
  .flatMap((folder) => readdirSync(`${root}${folder}`, { recursive: true }).map((name) => `${folder}/${name}`))
  .filter((path) => path.endsWith('.ts') && !path.endsWith('.d.ts'));

await build({
  absWorkingDir: root,
  entryPoints,
  outbase: '.',
  outdir: 'dist',
  format: 'esm',
  platform: 'node',
  logLevel: 'warning',
});
