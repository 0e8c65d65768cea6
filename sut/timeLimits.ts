import type { LoadGenError } from '../base/errors.js';

/** Long enough for an engine that compiles its network for the device when it starts. */
export const START_LIMIT_MS = 300_000;
export const CLOSE_LIMIT_MS = 5000;

/**
 * Waits for `pending`.
 *
 * @throws what `late` returns if it takes longer than `limitMs`
 */
export async function withinTime<Result>(
  limitMs: number,
  pending: Result | Promise<Result>,
  late: () => LoadGenError,
): Promise<Result> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(late()), limitMs);
  });
  try {
    return await Promise.race([pending, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
