import { UsageError } from './printError.js';

/**
 * Refuses what yargs takes for a default, for 0 or for true: options without a value, numbers that are none, and flags
 * with a value.
 *
 * @param args as they were typed
 * @param options as yargs has parsed them; a type says what an option takes
 * @throws UsageError
 */
export function checkOptionValues(args: readonly string[], options: Readonly<Record<string, unknown>>): void {
  for (const [index, arg] of args.entries()) {
    // yargs would not look at what comes behind it.
    if (arg === '--') throw new UsageError('Unknown argument: --');
    if (/^-\p{L}[^=]/u.test(arg)) throw new UsageError(`Unknown argument: ${arg}. Did you mean -${arg}?`);
    const [, name, inline] = /^--([^=]+)(?:=(.*))?$/s.exec(arg) ?? [];
    if (name === undefined) continue;
    if (Object.hasOwn(options, name)) checkValue(`--${name}`, options[name], inline, args[index + 1]);
    else if (typeof options[name.replace(/^no-/, '')] !== 'boolean') throw new UsageError(`Unknown argument: ${name}`);
  }
}

function checkValue(option: string, value: unknown, inline: string | undefined, next: string | undefined): void {
  if (typeof value === 'boolean') {
    if (inline === undefined || inline === 'true' || inline === 'false') return;
    throw new UsageError(`${option}: found the value "${inline}", expected none`);
  }
  const given = inline ?? (next === undefined || isOption(next) ? '' : next);
  if (given === '') throw new UsageError(`${option}: found no value, expected one`);
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new UsageError(`${option}: found "${given}", expected a number`);
  }
}

/** A dash alone stands for standard output, and a number may be negative. */
function isOption(arg: string): boolean {
  return /^-[^\d.]/.test(arg);
}
