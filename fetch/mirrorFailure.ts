/** A mirror did not give a file: what happened, and whether it may be asked again. */
export class MirrorFailure extends Error {
  readonly mayRetry: boolean;
  /** How long the mirror wants to be left alone first, if it said so. */
  readonly retryAfterMs: number | undefined;

  constructor(message: string, options: { readonly mayRetry: boolean; readonly retryAfterMs?: number | undefined }) {
    super(message);
    this.mayRetry = options.mayRetry;
    this.retryAfterMs = options.retryAfterMs;
  }
}
