import type picocolors from 'picocolors';

export type Colors = ReturnType<typeof picocolors.createColors>;

const BETTER = new Set(['faster', 'higher']);
const WORSE = new Set(['slower', 'lower']);

/** A verdict for a terminal: green for the better, red for the worse; empty where there is none. */
export function coloredVerdict(verdict: string | null, colors: Colors): string {
  if (verdict === null) return '';
  if (BETTER.has(verdict)) return colors.green(verdict);
  return WORSE.has(verdict) ? colors.red(verdict) : verdict;
}
