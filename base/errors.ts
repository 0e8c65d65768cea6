/** What every command of this project ends with. Documented in the README; scripts may rely on them. */
export const EXIT_CODE = { ok: 0, internal: 1, usage: 2, invalid: 3 } as const;
export type ExitCode = (typeof EXIT_CODE)[keyof typeof EXIT_CODE];

export interface LoadGenErrorDetails {
  /** What the user can do about it: a sentence, or several lines. */
  readonly hint?: string;
  /** The error underneath, for programs. */
  readonly cause?: unknown;
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
  readonly code: string;
  readonly hint: string | undefined;
  readonly exitCode: ExitCode;

  constructor(code: string, message: string, details: LoadGenErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.hint = details.hint;
    this.exitCode = details.exitCode ?? EXIT_CODE.usage;
  }
}

/** The message of whatever was thrown, for a sentence such as "the SUT failed: …". */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
