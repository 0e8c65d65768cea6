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

/**
 * The milliseconds that a `Retry-After` header asks for: it holds whole seconds or an HTTP date. Undefined for anything
 * else; 0 for a date gone by.
 */
export function retryAfterMs(header: string | undefined, nowMs: number): number | undefined {
  if (header === undefined) return undefined;
  const text = header.trim();
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  // Without the demand for a name of a day, Date.parse takes "-1" and "1.5" for dates.
  const dateMs = /^[A-Z][a-z]{2,8},? /.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(dateMs) ? undefined : Math.max(0, dateMs - nowMs);
}
