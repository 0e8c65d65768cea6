/** Quantities with their units, as people type them. */
import { UsageError } from './printError.js';

const UNIT_MS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, min: 60_000, h: 3_600_000 };

/**
 * `90s`, `2m`, `1.5h`.
 *
 * @throws UsageError
 */
export function parseDurationMs(option: string, text: string): number {
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?) ?(s|m|min|h)$/.exec(text.trim()) ?? [];
  const durationMs = Number(number) * (UNIT_MS[unit] ?? Number.NaN);
  if (durationMs > 0 && durationMs <= 24 * 3_600_000) return durationMs;
  throw new UsageError(`--${option}: found "${text}", expected a time up to a day, such as 90s, 2m or 1h`);
}

/**
 * `2%` is 0.02.
 *
 * @throws UsageError
 */
export function parseShare(option: string, text: string): number {
  const [, number] = /^(\d+(?:\.\d+)?) ?%$/.exec(text.trim()) ?? [];
  const share = Number(number) / 100;
  if (share > 0 && share <= 1) return share;
  throw new UsageError(`--${option}: found "${text}", expected a share above 0 %, such as 2%`);
}
