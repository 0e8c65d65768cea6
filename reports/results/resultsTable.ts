import Table from 'cli-table3';
import { printable } from '../../base/text.js';
import { figureText } from '../compare/figureText.js';
import type { ScenarioResult, TreeResults } from './treeResults.js';

/** With five borders, 80 characters. */
const WIDTHS = [35, 21, 9, 10];
/** Those that most readers look for first; all are in the JSON. */
const FIGURES = new Set(['per second', 'p50', 'p90', 'p99']);

/** A row for each scenario of each system and model, then what could not be read; 80 columns wide. */
export function resultsTable({ results, unreadable }: TreeResults): string {
  const table = new Table({
    head: ['Folder', 'Figures', 'Result', 'Accuracy'],
    colWidths: WIDTHS,
    wordWrap: true,
    style: { head: [], border: [], compact: true },
  });
  for (const result of results) {
    table.push([
      { content: result.folder, wrapOnWordBoundary: false },
      figuresText(result),
      result.validity ?? '',
      accuracyText(result),
    ]);
    for (const note of [...result.invalidReasons.map((reason) => `INVALID: ${reason}`), ...result.remarks])
      table.push([{ content: printable(note), colSpan: WIDTHS.length }]);
  }
  const notRead = unreadable.map(({ folder, reason }) => `${folder}: ${reason}`);
  const parts = [
    ...(results.length === 0 ? [] : [table.toString()]),
    ...(notRead.length === 0 ? [] : [`Not read, ${notRead.length}:`, ...notRead]),
  ];
  return parts.join('\n');
}

function figuresText({ scenario, figures }: ScenarioResult): string {
  const told = figures.filter(({ name }) => FIGURES.has(name));
  return [scenario, ...told.map(({ name, unit, value }) => `${name} ${figureText(unit, value)}`)].join('\n');
}

function accuracyText({ accuracy }: ScenarioResult): string {
  return accuracy === null ? '' : figureText('correct share', accuracy.share);
}
