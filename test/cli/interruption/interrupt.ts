/** Interrupts a command in the step that it is in when it has printed a text, and looks at what is left. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { markedProcesses } from '../../../platform/node/markedProcesses.js';
import { type Ended, MAIN, type Running, type StartOptions, startNode } from '../loadgen.js';

export type Signal = 'SIGINT' | 'SIGTERM' | 'SIGHUP';

const MARK = 'INTERRUPTED_BY_TEST';
const LOCK = /\.loadgen\.lock/;
const HALF_WRITTEN = /\.measuring$|\.adding$/;

/** Kept when a command is where it is to be interrupted. */
export type Reached = (running: Running) => Promise<void>;

/** As `interruptProgram`, of `loadgen` with these arguments. */
export function interruptAt(
  args: readonly string[],
  at: string | Reached,
  signal: Signal,
  options?: StartOptions,
): Promise<Ended> {
  return interruptProgram([MAIN, ...args], at, signal, options);
}

/**
 * Sends the signal once the program has printed `at` on standard error, or is there, and expects exit code 3, a message,
 * no stack, and no process of the program's left.
 */
export async function interruptProgram(
  args: readonly string[],
  at: string | Reached,
  signal: Signal,
  { cwd, env = {} }: StartOptions = {},
): Promise<Ended> {
  const mark = randomUUID();
  const running = startNode(args, { ...(cwd === undefined ? {} : { cwd }), env: { ...env, [MARK]: mark } });
  await (typeof at === 'string' ? running.printed(at) : at(running));
  running.process.kill(signal);
  const ended = await running.ended;
  assertInterrupted(ended);
  await assertAllGone(mark);
  return ended;
}

/** A process that was killed with the program is gone a moment later. */
async function assertAllGone(mark: string): Promise<void> {
  for (let tries = 0; tries < 50 && markedProcesses(MARK, mark).length > 0; tries++) await sleep(20);
  assert.deepEqual(markedProcesses(MARK, mark), []);
}

/** The exit code of an interruption, with a message and without a stack. */
export function assertInterrupted({ exitCode, stderr }: Ended): void {
  assert.equal(exitCode, 3, stderr);
  assert.match(stderr, /^(?:Interrupted: |Error INTERRUPTED: )/m);
  assert.doesNotMatch(stderr, /^\s+at |Unexpected error|already disposed/m);
}

/** Whether a process can be asked at all what it handles. */
export const showsHandlers = existsSync('/proc/self/status');

/** When the command handles signals itself: Node.js alone leaves SIGHUP to the system. */
export const handlesSignals: Reached = async ({ process: { pid } }) => {
  const caught = () => /^SigCgt:\s*([0-9a-f]+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? '0';
  while ((Number.parseInt(caught().slice(-1), 16) & 1) === 0) await sleep(5);
};

export function fileIsThere(path: string): Reached {
  return async ({ process: { exitCode } }) => {
    while (!existsSync(path) && exitCode === null) await sleep(5);
  };
}

/** The tests in a run's folder, each of which is whole; nothing else is left of what was interrupted. */
export function wholeTests(runFolder: string): string[] {
  const names = readdirSync(runFolder, { recursive: true, encoding: 'utf8' });
  for (const name of names) {
    assert.doesNotMatch(name, LOCK);
    assert.doesNotMatch(name, HALF_WRITTEN);
  }
  const logs = names.filter((name) => basename(name) === 'mlperf_log_detail.txt');
  for (const log of logs) {
    assert.match(readFileSync(join(runFolder, log), 'utf8'), /"harness_log_complete", "value": true/);
    assert.match(readFileSync(join(runFolder, log, '../mlperf_log_summary.txt'), 'utf8'), /\n/);
  }
  return logs.map((log) => log.replace(/.mlperf_log_detail\.txt$/, '').replaceAll('\\', '/')).toSorted();
}

/**
 * An engine that stays for ever where STAY says, such as `create@2`: in the second process that imports it. It says so on
 * standard error. It answers with the beginning of each image.
 */
const ENGINE = `
import { appendFileSync, readFileSync } from 'node:fs';
const [stage, nth = '1'] = (process.env.STAY ?? '').split('@');
appendFileSync(new URL('./imports', import.meta.url), process.pid + '\\n');
const pids = [...new Set(readFileSync(new URL('./imports', import.meta.url), 'utf8').trim().split('\\n'))];
const isHere = (name) => stage === name && pids.indexOf(String(process.pid)) + 1 === Number(nth);
const stay = async (name) => {
  if (!isHere(name)) return;
  console.error('staying in ' + name);
  await new Promise((resolve) => setTimeout(resolve, 600_000));
};
await stay('import');
export default {
  interfaceVersion: 1, kind: 'engine', name: 'staying', formats: ['safetensors'], precisions: ['fp32'],
  checkUsable: () => stay('checkUsable'),
  createEngine: async ({ network }, { precision }) => {
    await stay('create');
    return {
      name: 'staying', version: '1', precision, threads: 1, instructionSet: 'JavaScript',
      infer(inputs, outputs) {
        if (isHere('infer')) {
          process.stderr.write('staying in infer\\n');
          Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
        }
        outputs.set(inputs.subarray(0, outputs.length));
      },
      close: () => stay('close'),
    };
  },
};`;

/** Its path. Processes are counted for each folder. */
export function writeStayingEngine(folder: string): string {
  const path = join(folder, 'staying.mjs');
  writeFileSync(path, ENGINE);
  return path;
}

/** What the engine prints where STAY makes it stay. */
export function placeOf(stay: string): string {
  return `staying in ${stay.split('@')[0]}`;
}
