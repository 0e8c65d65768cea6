import { LoadGenError, loadGenErrorOf } from '../base/errors.js';
import { printable } from '../base/text.js';

/** What is to compute. */
export interface TargetOptions {
  /** A device of the engine's library: "CPU", "GPU". */
  readonly device?: string | undefined;
  /** One of its execution providers: "cpu", "cuda". */
  readonly provider?: string | undefined;
}

/** What an engine can be told to compute on here; one that leaves both out has no choice. */
export interface Targets {
  readonly devices?: readonly string[] | undefined;
  readonly providers?: readonly string[] | undefined;
}

export const TARGET_OPTIONS = ['device', 'provider'] as const satisfies readonly (keyof TargetOptions)[];
const LISTS = { device: 'devices', provider: 'providers' } as const;

/**
 * What is wanted, as the engine spells it.
 *
 * @throws SUT_DEVICE if the engine has no such choice, or not this one
 */
export function checkedTargets(name: string, targets: Targets, wanted: TargetOptions): TargetOptions {
  const given = TARGET_OPTIONS.filter((option) => wanted[option] !== undefined);
  return Object.fromEntries(
    given.map((option) => [option, checkedTarget(name, targets, option, wanted[option] ?? '')]),
  );
}

/**
 * What to throw if a system cannot be loaded: that what was chosen cannot be used, and what else there is. The error itself
 * if nothing was chosen, or if it is not the system's.
 */
export function targetFailure(name: string, targets: Targets, chosen: TargetOptions, thrown: unknown): unknown {
  const option = TARGET_OPTIONS.find((known) => chosen[known] !== undefined);
  const reason = loadGenErrorOf(thrown);
  if (option === undefined || reason?.code !== 'SUT_PLUGIN') return thrown;
  const message = `${name} cannot use the ${option} ${chosen[option]} here: ${reason.message}`;
  return new LoadGenError('SUT_DEVICE', printable(message, 2000), {
    hint: `It lists the ${targetTexts(targets).join('; ')}. Choose another one, or install the driver and libraries of this one.`,
    cause: thrown,
  });
}

/** `devices: CPU, GPU`, for each choice that there is. */
export function targetTexts(targets: Targets): string[] {
  return TARGET_OPTIONS.flatMap((option) => {
    const names = targets[LISTS[option]];
    return names === undefined ? [] : [`${LISTS[option]}: ${names.join(', ')}`];
  });
}

function checkedTarget(name: string, targets: Targets, option: keyof TargetOptions, wanted: string): string {
  const names = targets[LISTS[option]];
  if (names === undefined) {
    const instead = targetTexts(targets).join('; ');
    const expected = instead === '' ? 'no such option' : `one of its ${instead}`;
    throw targetError(
      `${name} has no ${LISTS[option]} to choose from: found ${option} "${wanted}", expected ${expected}`,
    );
  }
  const found = names.find((known) => known.toLowerCase() === wanted.toLowerCase());
  if (found !== undefined) return found;
  throw targetError(`${name} has no ${option} "${wanted}" here, expected ${names.join(', ')}`);
}

function targetError(message: string): LoadGenError {
  return new LoadGenError('SUT_DEVICE', printable(message, 1000), {
    hint: '`loadgen suts` lists the devices and providers of each system.',
  });
}
