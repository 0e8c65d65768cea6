import Table from 'cli-table3';

/** A table with borders for terminals and files, whose cells wrap. */
export function newTable(
  head: string[],
  colWidths: number[],
  colAligns: Table.HorizontalAlignment[] = [],
): Table.Table {
  return new Table({ head, colWidths, colAligns, wordWrap: true, style: { head: [], border: [], compact: true } });
}
