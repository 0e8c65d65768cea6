/** Definitions of options for yargs, which infers an option's type from them. Spread one to add to it. */
import type { Argv } from 'yargs';
import { packageFile } from '../platform/node/packages.js';
import { MLPERF_CONF } from '../runs/layout.js';

/** A text or a path. */
export function text(describe: string) {
  return { type: 'string', describe } as const;
}

export function number(describe: string) {
  return { type: 'number', describe } as const;
}

/** Seeds of the generators: from 0 to this. */
const MAX_SEED = 2 ** 32 - 1;

/** @throws Error unless it is one that gives draws of its own */
export function checkSeed(seed: number): void {
  if (Number.isInteger(seed) && seed >= 0 && seed <= MAX_SEED) return;
  throw new Error(`--seed must be a whole number from 0 to ${MAX_SEED}`);
}

/** @throws Error if it is a number and not above 0 */
export function checkAboveZero(option: string, value: unknown): void {
  if (typeof value === 'number' && !(value > 0)) throw new Error(`--${option} must be above 0`);
}

/** Off unless it is given. */
export function flag(describe: string) {
  return { type: 'boolean', default: false, describe } as const;
}

/** One of `choices`. */
export function choice<Choice extends string>(choices: readonly Choice[], describe: string) {
  return { type: 'string', choices, describe } as const;
}

/** One or more of `choices`. */
export function list<Choice extends string>(choices: readonly Choice[], describe: string) {
  return { type: 'string', array: true, choices, describe } as const;
}

/** A positional text or path. */
export function argument(describe: string) {
  return { type: 'string', demandOption: true, describe } as const;
}

/** The files that settings come from. */
export function withConfigFiles<Others>(command: Argv<Others>) {
  return command.option('user-conf', text('Your settings, in MLPerf format')).option('mlperf-conf', {
    ...text("The benchmark's settings, in MLPerf format"),
    default: packageFile(MLPERF_CONF),
    defaultDescription: 'the shipped one',
  });
}
