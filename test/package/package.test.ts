import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { extract } from 'tar';
import { z } from 'zod';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
/** What makes packing slow, and is no part of the interface. */
const DATA = ['qsl/synthetic-faces', 'sut/sphereface20/weights'];
const SUBPATHS = ['', '/sut', '/testing', '/qsl', '/reports'];

const run = promisify(execFile);
const manifestSchema = z.looseObject({ files: z.array(z.string()) });

let folder: string;
let tarball: string;
before(async () => {
  await run(join(ROOT, 'node_modules', '.bin', 'tsc'), ['-p', 'tsconfig.browser.json'], { cwd: ROOT });
  folder = await mkdtemp(join(tmpdir(), 'package-'));
  const manifest = manifestSchema.parse(JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')));
  const files = manifest.files.filter((file) => !DATA.includes(file));
  for (const file of files.filter((name) => !name.startsWith('!'))) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await cp(join(ROOT, file), join(folder, file), { recursive: true, filter: (path) => !path.endsWith('.map') });
  }
  await writeFile(join(folder, 'package.json'), JSON.stringify({ ...manifest, files }));
  const { stdout } = await run('npm', ['pack', '--ignore-scripts', '--silent'], { cwd: folder });
  tarball = join(folder, stdout.trim());
});
after(() => rm(folder, { recursive: true }));

for (const [name, args] of [
  ['publint', ['--strict']],
  // The package holds ES modules alone; CommonJS loads them by Node's require(esm).
  ['attw', ['--profile', 'esm-only', '--no-definitely-typed']],
] as const) {
  test(`${name} finds no fault in the package`, async () => {
    const cli = join(ROOT, 'node_modules', '.bin', name);
    await run(cli, [tarball, ...args]).catch(({ stdout }: { stdout: string }) => assert.fail(stdout));
  });
}

test('the witness of pauses is found in the package, in a folder of any name', async (t) => {
  const unpacked = join(folder, 'Ordner für Tests, 100 % #1');
  t.after(() => rm(unpacked, { recursive: true }));
  await mkdir(unpacked);
  await extract({ file: tarball, cwd: unpacked });
  const module = pathToFileURL(join(unpacked, 'package', 'dist', 'platform', 'node', 'watchPauses.js')).href;
  const program = `import(${JSON.stringify(module)}).then(async ({ startPauseWitness }) => {
    console.log(await (await startPauseWitness()).gaps());
  });`;
  const { stdout } = await run(process.execPath, ['-e', program]);
  assert.equal(stdout.trim(), '[]');
});

test('the schemas of what --json prints are found by their public paths', () => {
  const require = createRequire(import.meta.url);
  for (const name of ['comparison', 'groups', 'duel', 'result', 'results']) {
    const schema: unknown = require(`sphereface-loadgen/schemas/${name}.json`);
    assert.ok(typeof schema === 'object' && schema !== null && '$schema' in schema, name);
  }
});

test('CommonJS can require every part of the package', () => {
  const require = createRequire(import.meta.url);
  for (const subpath of SUBPATHS) require(`sphereface-loadgen${subpath}`);
});
