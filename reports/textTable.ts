import Table from 'cli-table3';

const LINE = /(.{1,80})(?: +|$)/g;

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
