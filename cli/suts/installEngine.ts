import { spawn, spawnSync } from 'node:child_process';
import { readFileSync, realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { didYouMean } from '../../base/closestName.js';
import { LoadGenError, messageOf } from '../../base/errors.js';
import { packageFile, packageFolder } from '../../platform/node/packages.js';
import { ENGINES } from '../../sut/engines/index.js';
import { IN_THREAD } from '../../sut/placement.js';
import { PYTHON_ENGINES } from '../../sut/programs/pythonEngines.js';
import { checkSystem } from '../supervision/supervisedSystems.js';
import { systemChoiceOf } from '../systemOptions.js';
import { findInstallPlace } from './installPlace.js';

/** A package whose install script fetches what computes. All others come whole, and no script is run. */
const FETCHED_BY_SCRIPT = '@tensorflow/tfjs-node';

const manifestSchema = z.object({ peerDependencies: z.record(z.string(), z.string()) });

/**
 * Installs the npm packages of an engine, in the versions that this package fixes, and checks that the engine then loads.
 *
 * @throws SUT_UNKNOWN if there is no such engine
 * @throws SUT_INSTALL if it is not made of npm packages, if this is no place for them, or if npm fails
 * @throws SUT_NOT_INSTALLED, and what else engines throw, if it does not load even then
 */
export async function installEngine(name: string, signal: AbortSignal): Promise<void> {
  const packages = packagesOf(name);
  const failure = await tryEngine(name, signal);
  if (failure === undefined) {
    console.log(`${name} works already.`);
    return;
  }
  const missing = packages.filter((each) => each === FETCHED_BY_SCRIPT || !isInstalled(each));
  // What it lacks is no npm package, or it fails for another reason.
  if (failure.code !== 'SUT_NOT_INSTALLED' || missing.length === 0) throw failure;
  const { folder, options } = installPlace(missing);
  await runNpm(
    ['install', '--ignore-scripts', '--no-audit', '--no-fund', ...options, ...missing.map(withVersion)],
    folder,
  );
  if (missing.includes(FETCHED_BY_SCRIPT)) {
    const isGlobal = options.filter((option) => option === '--global');
    await runNpm(['explore', ...isGlobal, FETCHED_BY_SCRIPT, '--', 'npm', 'run', 'install'], folder);
  }
  const remaining = await tryEngine(name, signal);
  if (remaining !== undefined) throw remaining;
  console.log(`${name} is installed and works here: loadgen run --sut ${name}`);
}

function packagesOf(name: string): readonly string[] {
  const engine = ENGINES.find((one) => one.name === name);
  if (engine !== undefined) return engine.packages;
  if (PYTHON_ENGINES.some((one) => one.name === name)) {
    throw new LoadGenError('SUT_INSTALL', `${name} is made of Python packages, which npm does not have`, {
      hint: '"loadgen suts" says what it lacks, and how pip installs it.',
    });
  }
  const names = ENGINES.map((one) => one.name);
  const expected = `expected one of ${names.join(', ')}${didYouMean(name, names)}`;
  throw new LoadGenError('SUT_UNKNOWN', `--install: found "${name}", ${expected}`);
}

/** Why it does not load in a process of its own, which has not looked for its packages before; undefined if it does. */
async function tryEngine(name: string, signal: AbortSignal): Promise<LoadGenError | undefined> {
  const unstated = { model: undefined, precision: undefined, workers: undefined, threads: undefined, batch: undefined };
  const choice = systemChoiceOf({ network: 'sphereface20', sut: name, ...unstated });
  try {
    await checkSystem(choice, [IN_THREAD], signal);
    return undefined;
  } catch (thrown) {
    if (thrown instanceof LoadGenError && !signal.aborted) return thrown;
    throw thrown;
  }
}

function isInstalled(name: string): boolean {
  try {
    packageFolder(name);
    return true;
  } catch {
    return false;
  }
}

function installPlace(missing: readonly string[]): { readonly folder: string; readonly options: readonly string[] } {
  const { stdout, error } = spawnSync('npm', ['root', '--global'], { encoding: 'utf8', shell: IS_WINDOWS });
  if (error !== undefined) throw npmFailure(messageOf(error), error);
  const place = findInstallPlace(realpathSync(packageFile('.')), resolve(stdout.trim()));
  if (place.kind === 'npm') return place;
  throw new LoadGenError('SUT_INSTALL', `cannot install ${missing.join(' ')} for you: ${place.reason}`, {
    hint: `${place.advice} ${missing.map(withVersion).join(' ')}`,
  });
}

/** The version that this package was tested with. */
function withVersion(name: string): string {
  const { peerDependencies } = manifestSchema.parse(JSON.parse(readFileSync(packageFile('package.json'), 'utf8')));
  return `${name}@${peerDependencies[name]}`;
}

/** npm is a .cmd file there, which only a shell can start. */
const IS_WINDOWS = process.platform === 'win32';

async function runNpm(args: readonly string[], folder: string): Promise<void> {
  console.error(`In ${folder}: npm ${args.join(' ')}`);
  const exitCode = await new Promise<number | null>((ended, failed) => {
    const npm = spawn('npm', args, { cwd: folder, stdio: ['ignore', 'inherit', 'inherit'], shell: IS_WINDOWS });
    npm.on('error', (thrown) => failed(npmFailure(thrown.message, thrown))).on('close', ended);
  });
  if (exitCode !== 0) throw npmFailure(`it ended with exit code ${exitCode}`, undefined);
}

function npmFailure(reason: string, cause: unknown): LoadGenError {
  return new LoadGenError('SUT_INSTALL', `npm failed: ${reason}`, {
    hint: 'It needs your npm registry, and for tfjs-node storage.googleapis.com: check npm_config_registry and HTTPS_PROXY.',
    cause,
  });
}
