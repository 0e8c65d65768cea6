/**
 * Puts packages into `dist/` that ship within this one: `node dist/scripts/shipPackages.js [DIST]`. `npm run build` does it
 * last.
 * docs/decisions/light-install.md says which, and why. Their licences stand beside them, with those of the pages' runtimes.
 */
import { copyFile, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { z } from 'zod';
import { makeFolder } from '../platform/node/files.js';
import { SHIPPED_PACKAGES } from '../platform/node/packages.js';
import { TFLITE_PACKAGE } from '../tflite/openTfliteModel.js';
import { ENGINES_IN_PAGES } from '../web/shared/pageEngines.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** The only files that import these packages; each is written again with its package in it. */
const DOORS = ['cli/yargs', 'sut/remote/grpc/library'];
/** Of @grpc/grpc-js, for what we do not use. */
const LEFT_OUT = ['@grpc/proto-loader'];
/** CommonJS packages ask for Node.js's own modules by `require`, which ES modules do not have. */
const REQUIRE =
  "import { createRequire as createRequireOf } from 'node:module'; const require = createRequireOf(import.meta.url);";

const TFLITE_FILES = [
  'package.json',
  ...['.js', '.wasm', '_threaded.js', '_threaded.wasm', '_threaded.worker.js'].map(
    (end) => `wasm/tflite_web_api_cc_simd${end}`,
  ),
];

const manifestSchema = z.looseObject({ name: z.string(), version: z.string(), license: z.string() });

const dist = resolve(process.argv[2] ?? join(SHIPPED_PACKAGES, '..'));
const shipped = join(dist, basename(SHIPPED_PACKAGES));

await rm(shipped, { recursive: true, force: true });
await copyTflite();
const whole = [TFLITE_PACKAGE, ...ENGINES_IN_PAGES.map(({ runtime }) => runtime.package)];
const folders = new Set([...whole.map((name) => join('node_modules', name)), ...(await bundleDoors())]);
await writeFile(join(shipped, 'LICENSES.txt'), (await Promise.all([...folders].map(licenceOf))).join('\n'));

async function copyTflite(): Promise<void> {
  for (const file of TFLITE_FILES) {
    const target = join(shipped, TFLITE_PACKAGE, file);
    makeFolder(dirname(target));
    await copyFile(join(ROOT, 'node_modules', TFLITE_PACKAGE, file), target);
  }
}

/** @returns the folders of the packages that are in them */
async function bundleDoors(): Promise<string[]> {
  const { metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: DOORS.map((door) => `${door}.ts`),
    outbase: '.',
    outdir: dist,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    external: LEFT_OUT,
    alias: { 'string-width': './scripts/plainWidth.ts' },
    banner: { js: REQUIRE },
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
  });
  const folders = Object.keys(metafile.inputs).flatMap(
    (path) => /^.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[0] ?? [],
  );
  return [...new Set(folders)].sort();
}

async function licenceOf(folder: string): Promise<string> {
  const path = resolve(ROOT, folder);
  const { name, version, license } = manifestSchema.parse(
    JSON.parse(await readFile(join(path, 'package.json'), 'utf8')),
  );
  const file = (await readdir(path)).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file === undefined ? 'The package has no text of it.\n' : await readFile(join(path, file), 'utf8');
  return `${name} ${version}, ${license}\n\n${text}`;
}
