/** The packed package as a new user has it: installed by npm, in a folder of its own, from the registry. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, lstat, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const MOST_MEGABYTES = 150;
/** What a registry answers at once, if there is one. */
const KNOWN_PACKAGE = 'fflate@0.8.3';

const run = promisify(execFile);
const manifestSchema = z.looseObject({ files: z.array(z.string()) });
const noRegistry = await run('npm', [
  'view',
  KNOWN_PACKAGE,
  'version',
  '--fetch-retries=0',
  '--fetch-timeout=10000',
]).then(
  () => false as const,
  () => 'the npm registry cannot be reached',
);

describe('the package, installed', { skip: noRegistry }, () => {
  let folder: string;
  let project: string;
  let printed: string;
  const loadgen = (...args: string[]) => {
    const { NODE_TEST_CONTEXT: _, ...env } = process.env;
    return run(join(project, 'node_modules', '.bin', 'loadgen'), args, { cwd: project, env });
  };

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'installed-'));
    const tarball = await pack(join(folder, 'source'));
    project = join(folder, 'Mein Ordner für Tests');
    await mkdir(project);
    const { stdout, stderr } = await run('npm', ['install', '--no-audit', '--no-fund', tarball], { cwd: project });
    printed = stdout + stderr;
  });
  after(() => rm(folder, { recursive: true, force: true }));

  test('without a warning', () => assert.match(printed, /^\s*added \d+ packages in .*\n$/));

  test(`is smaller than ${MOST_MEGABYTES} MB`, async () => {
    const bytes = await bytesBelow(join(project, 'node_modules'));
    assert.ok(bytes < MOST_MEGABYTES * 1e6, `${(bytes / 1e6).toFixed(0)} MB`);
  });

  test('none of its packages is deprecated, as far as the registry says', async () => {
    const lock = z
      .object({ packages: z.record(z.string(), z.looseObject({ deprecated: z.string().optional() })) })
      .parse(JSON.parse(await readFile(join(project, 'package-lock.json'), 'utf8')));
    assert.deepEqual(
      Object.entries(lock.packages).filter(([, { deprecated }]) => deprecated !== undefined),
      [],
    );
  });

  test('says of each engine that is missing why, and what installs it', async () => {
    const { stdout } = await loadgen('suts', '--json');
    const systems = z
      .array(
        z.object({ name: z.string(), usable: z.boolean(), reason: z.string().optional(), hint: z.string().optional() }),
      )
      .parse(JSON.parse(stdout));
    assert.equal(systems.find(({ name }) => name === 'tfjs-tflite')?.usable, true);
    for (const name of ['tfjs-wasm', 'tfjs-cpu', 'tfjs-node', 'onnxruntime', 'tflite-native', 'litert', 'onednn']) {
      const { reason, hint } = systems.find((system) => system.name === name) ?? {};
      assert.match(reason ?? '', /^the package \S+ is not installed$/, name);
      assert.equal(hint, `"loadgen suts --install ${name}" installs it.`);
    }
  });

  test('installs an engine in the version that it fixes', async () => {
    const before = await loadgen('run', '--sut', 'litert', '--mode', 'AccuracyOnly').catch((ended) => ended);
    assert.match(
      before.stderr,
      /SUT_NOT_INSTALLED: the package @litertjs\/core is not installed\n"loadgen suts --install litert"/,
    );
    const { stdout, stderr } = await loadgen('suts', '--install', 'litert');
    assert.match(stdout, /^litert is installed and works here: loadgen run --sut litert$/m);
    assert.doesNotMatch(stderr, /warn/i);
    const manifest = z
      .object({ dependencies: z.record(z.string(), z.string()) })
      .parse(JSON.parse(await readFile(join(project, 'package.json'), 'utf8')));
    assert.match(manifest.dependencies['@litertjs/core'] ?? '', /^\d+\.\d+\.\d+$/);
    assert.equal((await loadgen('suts', '--install', 'litert')).stdout, 'litert works already.\n');
  });

  test('the built-in data set runs on the default engine', async () => {
    const args = ['run', '--pairs', '2', '--mode', 'AccuracyOnly', '--scenario', 'Offline', '--output', 'run'];
    const { stdout } = await loadgen(...args);
    assert.match(stdout, /│ Offline accuracy +│ accuracy .* VALID/);
  });
});

/** What `npm pack` makes of a build, without building here: other tests run from it. */
async function pack(source: string): Promise<string> {
  const content: unknown = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'));
  const { files } = manifestSchema.parse(content);
  for (const file of files.filter((name) => !name.startsWith('!'))) {
    await mkdir(dirname(join(source, file)), { recursive: true });
    const isKept = (path: string) => !path.startsWith(join(ROOT, 'dist', 'test'));
    await cp(join(ROOT, file), join(source, file), { recursive: true, filter: isKept });
  }
  await writeFile(join(source, 'package.json'), JSON.stringify(content));
  await run(process.execPath, [join(ROOT, 'dist', 'scripts', 'shipPackages.js'), join(source, 'dist')]);
  const { stdout } = await run('npm', ['pack', '--ignore-scripts', '--silent'], { cwd: source });
  return join(source, stdout.trim());
}

async function bytesBelow(folder: string): Promise<number> {
  const paths = await readdir(folder, { recursive: true });
  const sizes = await Promise.all(paths.map(async (path) => (await lstat(join(folder, path))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}
