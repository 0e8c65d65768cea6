import { EXIT_CODE, type ExitCode, LoadGenError } from '../base/errors.js';

/** Exit code 2 says that nothing was measured: what is thrown later, and would end with it, ends with this one instead. */
export function afterMeasuring(thrown: unknown, exitCode: ExitCode): unknown {
  if (!(thrown instanceof LoadGenError) || thrown.exitCode !== EXIT_CODE.usage) return thrown;
  const { code, message, hint } = thrown;
  const details = { cause: thrown, exitCode };
  return new LoadGenError(code, message, hint === undefined ? details : { ...details, hint });
}
