import { printable } from '../base/text.js';

export type CsvField = string | number | boolean | null | undefined;

/** Rows as RFC 4180 has them. An empty field: there is none. */
export function csvText(rows: readonly (readonly CsvField[])[]): string {
  return rows.map((row) => `${row.map(field).join(',')}\r\n`).join('');
}

function field(value: CsvField): string {
  if (typeof value !== 'string') return value === null || value === undefined ? '' : String(value);
  const text = printable(value);
  // Spreadsheets take text that begins like this for a formula, and would compute it.
  const safe = /^[=+\-@]/.test(text) ? `'${text}` : text;
  return /[",]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
