import { cpSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '../../../base/errors.js';
import { endProcess, markedProcesses } from '../../../platform/node/markedProcesses.js';
import { randomNumbers } from '../../reports/figures/randomNumbers.js';
import type { KilledCommand } from './killedCommand.js';

const MARK = 'KILLED_COMMAND';
const END_LIMIT_MS = 15_000;
const UNFINISHED = /\.(?:measuring|earlier|adding|new|lock|takeover|partial|partial\.json)$/;

export interface Moment {
  readonly index: number;
  /** After the work had begun. */
  readonly afterMs: number;
  /** Whether the command had ended well in the folder before. */
  readonly wasDone: boolean;
  readonly fault: string | undefined;
  /** Stays if something was not right. */
  readonly folder: string;
}

/**
 * Kills the command at random moments of its work, and looks at what is left; then runs it again. If it repeats its work,
 * every second moment is in a folder in which it had ended well before.
 *
 * @param work a folder for all of it
 * @returns how long the work takes undisturbed, in ms
 */
export async function killAtMoments(
  command: KilledCommand,
  { moments, seed, work }: { readonly moments: number; readonly seed: number; readonly work: string },
  onMoment: (moment: Moment) => void,
): Promise<number> {
  const [prepared, done] = [join(work, 'prepared'), join(work, 'done')];
  mkdirSync(prepared, { recursive: true });
  await command.prepare(prepared);
  cpSync(prepared, done, { recursive: true });
  const workMs = await runToEnd(command, done);
  const random = randomNumbers(seed);
  for (let index = 0; index < moments; index++) {
    const wasDone = command.repeats && index % 2 === 1;
    const folder = join(work, String(index));
    cpSync(wasDone ? done : prepared, folder, { recursive: true });
    const afterMs = random() * workMs;
    const fault = await faultOfMoment(command, folder, afterMs, wasDone).catch(messageOf);
    if (fault === undefined) rmSync(folder, { recursive: true });
    onMoment({ index, afterMs, wasDone, fault, folder });
  }
  return workMs;
}

async function faultOfMoment(
  command: KilledCommand,
  folder: string,
  afterMs: number,
  wasDone: boolean,
): Promise<string | undefined> {
  const running = command.start(folder, { [MARK]: folder });
  await command.hasBegun(folder, running);
  await sleep(afterMs);
  running.process.kill('SIGKILL');
  await running.ended;
  const ofProcesses = await faultOfProcesses(folder);
  if (ofProcesses !== undefined) return ofProcesses;
  const ofRest = await command.faultOfRest(folder, wasDone);
  if (ofRest !== undefined) return `after the kill: ${ofRest}`;
  await runToEnd(command, folder);
  return undefined;
}

/** @returns how long the work took, in ms; throws what is not right */
async function runToEnd(command: KilledCommand, folder: string): Promise<number> {
  const running = command.start(folder, { [MARK]: folder });
  await command.hasBegun(folder, running);
  const begunMs = performance.now();
  const { exitCode, stderr } = await running.ended;
  const workMs = performance.now() - begunMs;
  if (exitCode === null || !command.exitCodes.includes(exitCode))
    throw new Error(`exit code ${exitCode} of a whole call: ${stderr.slice(-1000)}`);
  const left = readdirSync(folder, { recursive: true, encoding: 'utf8' }).find((name) => UNFINISHED.test(name));
  if (left !== undefined) throw new Error(`a whole call left ${left}`);
  const fault = (await faultOfProcesses(folder)) ?? (await command.faultOfWhole(folder));
  if (fault !== undefined) throw new Error(`after a whole call: ${fault}`);
  return workMs;
}

async function faultOfProcesses(folder: string): Promise<string | undefined> {
  const limitMs = performance.now() + END_LIMIT_MS;
  while (markedProcesses(MARK, folder).length > 0 && performance.now() < limitMs) await sleep(20);
  const left = markedProcesses(MARK, folder);
  for (const pid of left) endProcess(pid);
  return left.length === 0 ? undefined : `${left.length} processes are still there after ${END_LIMIT_MS / 1000} s`;
}
