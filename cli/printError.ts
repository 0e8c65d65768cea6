import { EXIT_CODE, type ExitCode, LoadGenError, messageOf } from '../base/errors.js';
import { red } from './terminal.js';

/** What is wrong with the command line. */
export class UsageError extends Error {}

/** Prints what went wrong and what to do about it to standard error. A stack only for what we did not foresee. */
export function printError(thrown: unknown): void {
  if (thrown instanceof LoadGenError) {
    console.error(`${red(process.stderr, 'Error')} ${thrown.code}: ${thrown.message}`);
    if (thrown.hint !== undefined) console.error(thrown.hint);
    return;
  }
  if (thrown instanceof UsageError) {
    console.error(`${thrown.message}\nSee loadgen --help, or loadgen COMMAND --help.`);
    return;
  }
  console.error(
    `${red(process.stderr, 'Unexpected error')}: ${thrown instanceof Error ? thrown.stack : messageOf(thrown)}`,
  );
}

export function exitCodeOf(thrown: unknown): ExitCode {
  if (thrown instanceof UsageError) return EXIT_CODE.usage;
  return thrown instanceof LoadGenError ? thrown.exitCode : EXIT_CODE.internal;
}

/** Exit code 2 says that nothing was measured: what is thrown later, and would end with it, ends with this one instead. */
export function afterMeasuring(thrown: unknown, exitCode: ExitCode): unknown {
  if (!(thrown instanceof LoadGenError) || thrown.exitCode !== EXIT_CODE.usage) return thrown;
  const { code, message, hint } = thrown;
  const details = { cause: thrown, exitCode };
  return new LoadGenError(code, message, hint === undefined ? details : { ...details, hint });
}
