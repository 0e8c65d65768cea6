import pc from 'picocolors';
import { EXIT_CODE, type ExitCode, LoadGenError, messageOf } from '../base/errors.js';

/** Prints what went wrong and what to do about it to standard error. A stack only for what we did not foresee. */
export function printError(thrown: unknown): void {
  const colors = pc.createColors(process.stderr.isTTY === true && pc.isColorSupported);
  if (thrown instanceof LoadGenError) {
    console.error(`${colors.red('Error')} ${thrown.code}: ${thrown.message}`);
    if (thrown.hint !== undefined) console.error(thrown.hint);
    return;
  }
  console.error(`${colors.red('Unexpected error')}: ${thrown instanceof Error ? thrown.stack : messageOf(thrown)}`);
}

export function exitCodeOf(thrown: unknown): ExitCode {
  return thrown instanceof LoadGenError ? thrown.exitCode : EXIT_CODE.internal;
}
