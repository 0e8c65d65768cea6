import { ERROR_CODES, type ErrorCode, type ExitCode } from './errorCodes.js';

export { EXIT_CODE, type ExitCode } from './errorCodes.js';

const MAX_MESSAGE_LENGTH = 1000;
/** Ours list what is wrong, line by line: files may have thousands of faults. */
const MAX_OWN_MESSAGE_LENGTH = 20_000;

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
    super(cut(message, MAX_OWN_MESSAGE_LENGTH), details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.hint = details.hint;
    this.exitCode = details.exitCode ?? ERROR_CODES[code].exitCode;
  }
}

/**
 * The message of whatever was thrown, for a sentence such as "the SUT failed: …". Never throws, and cuts what is too long:
 * systems under test throw anything.
 */
export function messageOf(thrown: unknown): string {
  try {
    return cut(String(thrown instanceof Error ? thrown.message : thrown), MAX_MESSAGE_LENGTH);
  } catch {
    return 'something that cannot be printed';
  }
}

/** What was thrown, if it is one of this project's errors; undefined also for what cannot be asked, as a revoked proxy. */
export function loadGenErrorOf(thrown: unknown): LoadGenError | undefined {
  try {
    return thrown instanceof LoadGenError ? thrown : undefined;
  } catch {
    return undefined;
  }
}

function cut(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  return `${text.slice(0, maxLength)}… (cut after ${maxLength} of ${text.length} characters)`;
}
