/** GitHub's Markdown, for a comment on a pull request. What comes from outside stays text. */
import { markdownTable } from 'markdown-table';
import { printable } from '../base/text.js';

/** A figure, whose it is, its value, its ratio to the baseline's, and the verdict. */
export type FigureRow = readonly [figure: string, name: string, value: string, ratio: string, verdict: string];

/** Sentences are longer than what a table holds. */
const MAX_LENGTH = 2000;

const DIFFERENCES = new Set(['faster', 'slower', 'higher', 'lower']);

/** A table of figures; verdicts that show a difference are bold. */
export function figuresMarkdown(title: string, rows: readonly FigureRow[]): string {
  const body = rows.map(([figure, name, value, ratio, verdict]) => [
    ...[plain(figure), code(name), plain(value), plain(ratio)],
    DIFFERENCES.has(verdict) ? `**${verdict}**` : plain(verdict),
  ]);
  return markdownTable([[plain(title), '', 'Value', 'Ratio', 'Verdict'], ...body], { align: [...'llrrl'] });
}

/** A table for each scenario. */
export function scenariosMarkdown<Figure>(
  scenarios: readonly { readonly scenario: string; readonly figures: readonly Figure[] }[],
  rowsOf: (figure: Figure) => readonly FigureRow[],
): string[] {
  return scenarios.map(({ scenario, figures }) => figuresMarkdown(scenario, figures.flatMap(rowsOf)));
}

export function listMarkdown(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join('\n');
}

/** The parts that are not empty, as paragraphs. */
export function paragraphs(parts: readonly string[]): string {
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

/** Literal, also in a table; in code nothing is a mention, a link or HTML. */
export function code(text: string): string {
  return text === '' ? '' : `\`${printable(text).replaceAll('`', "'").replaceAll('|', '\\|')}\``;
}

/** Without meaning for Markdown or HTML; an at sign would notify people. */
export function plain(text: string): string {
  return printable(text, MAX_LENGTH)
    .replaceAll(/[\\`*_[\]<>|~&#]/g, '\\$&')
    .replaceAll('@', '@\u200b');
}
