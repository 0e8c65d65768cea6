import { ERROR_CODES, type ErrorCode, type ExitCode } from './errorCodes.js';

export { EXIT_CODE, type ExitCode } from './errorCodes.js';

export interface LoadGenErrorDetails {
  /** What the user can do about it: a sentence, or several lines. */
  readonly hint?: string;
  /** The error underneath, for programs. */
  readonly cause?: unknown;
  /** Only for what ends a command after it has measured: by default, the exit code is that of the error code. */
  readonly exitCode?: ExitCode;
}

/**
 * The one family of errors that this project throws on purpose.
 *
 * `code` is stable and meant for programs (`QSL_NO_FACE`); the message names the file, line, option, tensor or sample,
 * what was found there and what was expected.
 */
export class LoadGenError extends Error {
  override readonly name = 'LoadGenError';
  readonly code: ErrorCode;
  readonly hint: string | undefined;
  readonly exitCode: ExitCode;

  constructor(code: ErrorCode, message: string, details: LoadGenErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.hint = details.hint;
    this.exitCode = details.exitCode ?? ERROR_CODES[code].exitCode;
  }
}

/** The message of whatever was thrown, for a sentence such as "the SUT failed: …". */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
