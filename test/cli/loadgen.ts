/** Runs the compiled command line as a user would: a process of its own, real files, signals. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';

export const MAIN = fileURLToPath(new URL('../../cli/main.js', import.meta.url));

/** Shared by all tests of a build, so that what they fetch, and the faces of other data sets, are there once. */
export const SHARED_CACHE = fileURLToPath(new URL('./cache', import.meta.url));

export interface Ended {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly process: ChildProcess;
  /** Kept when `text` has come on standard error, broken if the process ends without it. */
  printed(text: string): Promise<void>;
  readonly ended: Promise<Ended>;
}

export interface StartOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts `loadgen` with these arguments. */
export function start(args: readonly string[], options: StartOptions = {}): Running {
  return startNode([MAIN, ...args], options);
}

export function startNode(args: readonly string[], options?: StartOptions): Running {
  return startProgram(process.execPath, args, options);
}

export function startProgram(
  program: string,
  args: readonly string[],
  { cwd = tmpdir(), env = {} }: StartOptions = {},
): Running {
  const child = spawn(program, args, { cwd, env: environmentWith(env), stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exitCode) => resolve({ exitCode, stdout, stderr }));
  });
  const printed = (text: string) =>
    new Promise<void>((resolve, reject) => {
      const look = () => {
        if (stderr.includes(text)) resolve();
      };
      look();
      child.stderr.on('data', look);
      child.on('close', () => reject(new Error(`ended without "${text}" on standard error:\n${stderr}`)));
    });
  return { process: child, printed, ended };
}

/** That of this process, without what would make a test runner among those it starts report to ours. */
export function environmentWith(env: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const { FORCE_COLOR: _, NODE_TEST_CONTEXT: __, ...inherited } = process.env;
  return { ...inherited, SPHEREFACE_LOADGEN_CACHE: SHARED_CACHE, ...env };
}

/** Runs `loadgen` in a process of its own. */
export function loadgen(args: readonly string[], options?: StartOptions): Promise<Ended> {
  return start(args, options).ended;
}

export async function temporaryFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'cli-test-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes a file into a folder of its own. */
export async function temporaryFile(t: TestContext, name: string, content: string | Uint8Array): Promise<string> {
  const file = join(await temporaryFolder(t), name);
  await writeFile(file, content);
  return file;
}

/** Settings that a performance test of the null system meets at once; nothing has to be measured before. */
export const SHORT_CONF = [
  ...['*.*.min_duration = 0', '*.*.min_query_count = 100'],
  ...['*.SingleStream.target_latency = 20', '*.MultiStream.target_latency = 80', '*.Offline.target_qps = 5'],
  '*.Server.target_qps = 1\n',
].join('\n');

/** Three matched and three mismatched pairs of the shipped faces, the same for all tests. */
export const SIX_PAIRS = [
  '3',
  'Synthetic_001\t1\t2',
  'Synthetic_002\t1\t2',
  'Synthetic_003\t1\t2',
  'Synthetic_001\t1\tSynthetic_002\t2',
  'Synthetic_002\t1\tSynthetic_003\t2',
  'Synthetic_003\t1\tSynthetic_001\t2',
].join('\n');
