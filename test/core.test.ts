import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'core-'));
after(() => rmSync(folder, { recursive: true }));

/** Files with one import each, and whether the lint rule refuses it. */
const IMPORTS: readonly [file: string, from: string, isRefused: boolean][] = [
  ['base/a.ts', 'node:fs', true],
  ['logs/trace/a.ts', 'node:fs/promises', true],
  ['loadgen/scenarios/a.ts', 'node:worker_threads', true],
  ['base/b.ts', '../platform/node/openLog.js', true],
  ['logs/b.ts', '../platform/node/openLog.js', true],
  ['loadgen/b.ts', '../platform/node/openLog.js', true],
  ['base/c.ts', './errors.js', false],
  ['logs/c.ts', '../base/errors.js', false],
  ['loadgen/c.ts', '../logs/logSource.js', false],
  ['platform/node/a.ts', 'node:fs', false],
];

test('the lint rule refuses Node.js and platform/ in base/, logs/ and loadgen/, and there alone', () => {
  for (const name of ['biome.json', 'lint']) cpSync(join(ROOT, name), join(folder, name), { recursive: true });
  for (const [file, from] of IMPORTS) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), `export { it } from '${from}';\n`);
  }
  const biome = join(ROOT, 'node_modules/@biomejs/biome/bin/biome');
  const args = [biome, 'lint', '--only=style/noRestrictedImports', '--reporter=github', '.'];
  const { stdout } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  const refused = IMPORTS.filter(([file]) => stdout.includes(`/${file},`)).map(([file]) => file);
  assert.deepEqual(
    refused,
    IMPORTS.filter(([, , isRefused]) => isRefused).map(([file]) => file),
    stdout,
  );
});

/** Prints the addresses of all scripts that the import runs, also those of CommonJS. */
const LIST_SCRIPTS = `
  import { Session } from 'node:inspector';
  const session = new Session();
  session.connect();
  const urls = [];
  session.on('Debugger.scriptParsed', ({ params }) => urls.push(params.url));
  session.post('Debugger.enable');
  const ownCount = urls.length;
  await import('sphereface-loadgen');
  console.log(urls.slice(ownCount).join('\\n'));`;

test("import 'sphereface-loadgen' loads the LoadGen alone: no engine, no sharp, no worker, no command", () => {
  const args = ['--input-type=module', '--eval', LIST_SCRIPTS];
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' });
  assert.equal(stderr, '');
  const rootUrl = pathToFileURL(ROOT).href;
  const files = stdout
    .split('\n')
    .filter((url) => url.startsWith(rootUrl) || url.startsWith(ROOT))
    .map((url) => relative(ROOT, url.startsWith('file:') ? fileURLToPath(url) : url).replaceAll('\\', '/'));
  const own = files.filter((file) => file.startsWith('dist/'));
  assert.ok(own.includes('dist/platform/node/index.js') && own.length < 150, `${own.length} files`);
  assert.deepEqual(
    own.filter((file) => !/^dist\/(base|logs|loadgen|platform(?!\/browser))\//.test(file)),
    [],
  );
  const packages = files.map((file) => /^node_modules\/(@[^/]+\/[^/]+|[^/]+)/.exec(file)?.[1] ?? '');
  assert.deepEqual([...new Set(packages)].filter(Boolean), []);
});
