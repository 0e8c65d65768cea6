import { isImagePath } from './imageName.js';
import type { ListLine } from './listText.js';

type Split = (text: string) => string[];

const SEPARATORS: readonly (readonly [mark: RegExp, split: Split])[] = [
  [/\t/, (text) => text.split(/ *\t[\t ]*/)],
  [/,/, (text) => splitQuoted(text, ',')],
  [/;/, (text) => splitQuoted(text, ';')],
  [/(?:)/, (text) => text.split(/\s+/)],
];
/** What the columns of published lists are called. */
const COLUMN_NAME = /name|num|path|image|img|file|photo|face|label|same|match|person|left|right/i;
const INDEX_COLUMN = /^(|index|id|no\.?|#|unnamed: ?0)$/i;

/**
 * The parts of a line: between tabs, commas, semicolons or any white space, whichever is the first of these that makes
 * what is wanted of it. Else between those that it has.
 */
export function fieldsOf(
  { text, fields }: ListLine,
  isWanted: (fields: readonly string[]) => boolean,
): readonly string[] {
  if (fields !== undefined) return fields;
  const possible = SEPARATORS.filter(([mark]) => mark.test(text)).map(([, split]) => split(text));
  return possible.find(isWanted) ?? possible[0] ?? [];
}

/** The lines after a header that names columns, divided as it is, without a column of row numbers; else all lines. */
export function readTable(lines: readonly ListLine[]): readonly ListLine[] {
  const [first, ...rows] = lines;
  const separator = first && SEPARATORS.find(([mark]) => mark.test(first.text));
  if (first === undefined || separator === undefined) return lines;
  const [, split] = separator;
  const names = split(first.text);
  const isHeader =
    names.length > 1 && names.some((name) => COLUMN_NAME.test(name)) && !names.some((name) => isValue(name));
  if (!isHeader) return lines;
  const skipped = INDEX_COLUMN.test(names[0] ?? '') ? 1 : 0;
  return rows.map((row) => ({ ...row, fields: split(row.text).slice(skipped) }));
}

function isValue(text: string): boolean {
  return isImagePath(text) || /^[\d.]+$/.test(text);
}

/** As in a CSV file, without the empty fields at the end that spreadsheets leave. */
function splitQuoted(text: string, separator: string): string[] {
  const field = new RegExp(`\\s*(?:"((?:[^"]|"")*)"|([^${separator}]*))\\s*(?:${separator}|$)`, 'gy');
  const fields: string[] = [];
  for (const [, quoted, plain = ''] of text.matchAll(field)) {
    fields.push(quoted === undefined ? plain.trim() : quoted.replaceAll('""', '"'));
  }
  while (fields.length > 0 && fields.at(-1) === '') fields.pop();
  return fields;
}
