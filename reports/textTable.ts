import Table from 'cli-table3';
import type picocolors from 'picocolors';

const LINE = /(.{1,80})(?: +|$)/g;
const BETTER = new Set(['faster', 'higher']);
const WORSE = new Set(['slower', 'lower']);

export type Colors = ReturnType<typeof picocolors.createColors>;

/** A table with borders for terminals and files, whose cells wrap. */
export function newTable(
  head: string[],
  colWidths: number[],
  colAligns: Table.HorizontalAlignment[] = [],
): Table.Table {
  return new Table({ head, colWidths, colAligns, wordWrap: true, style: { head: [], border: [], compact: true } });
}

/** Sentences at 80 columns. */
export function wrapped(sentences: string): string {
  return sentences.replaceAll(LINE, '$1\n').trimEnd();
}

/** A verdict for a terminal: green for the better, red for the worse; empty where there is none. */
export function coloredVerdict(verdict: string | null, colors: Colors): string {
  if (verdict === null) return '';
  if (BETTER.has(verdict)) return colors.green(verdict);
  return WORSE.has(verdict) ? colors.red(verdict) : verdict;
}
