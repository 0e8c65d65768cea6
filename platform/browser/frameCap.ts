/** Battery savers have browsers draw half as often, which is the only thing that a page sees of them. */

/** Of a cap at 30 frames a second: 33.3 ms, whatever else the machine does; a slow page has other times, too. */
const CAPPED_MS = { least: 31, most: 36 };

/**
 * Whether no more than 30 frames a second may be drawn.
 *
 * @param times of frames one after another, in milliseconds
 */
export function isCapped(times: readonly number[]): boolean {
  const intervals = times.slice(1).map((time, index) => time - (times[index] ?? time));
  const sorted = intervals.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(share * sorted.length)] ?? 0;
  return at(0.1) >= CAPPED_MS.least && at(0.5) <= CAPPED_MS.most;
}
