import picocolors from 'picocolors';
import { figureText, intervalText, ratioText } from '../compare/figureText.js';
import { percentText } from '../humanUnits.js';
import { type Colors, coloredVerdict, newTable, wrapped } from '../textTable.js';
import type { DuelFigure, DuelResult, DuelValue } from './duelResult.js';
import { confidenceSentence, duelSentences, endSentence } from './duelSentences.js';

/** With five borders, 80 characters. */
const CONTESTANT_WIDTHS = [4, 39, 18, 14];
/** With seven borders, 80 characters. */
const FIGURE_WIDTHS = [14, 4, 12, 9, 16, 18];

export interface DuelTableOptions {
  /** Whether to colour verdicts for a terminal. */
  readonly color: boolean;
}

/** Who took part, what was measured, and what it shows; 80 columns wide. */
export function duelTable(result: DuelResult, { color }: DuelTableOptions): string {
  const colors = picocolors.createColors(color);
  return [
    contestantsTable(result, colors),
    ...result.scenarios.map(({ scenario, figures }) => figuresTable(scenario, figures, colors)),
    ...duelSentences(result).map((sentence) => wrapped(sentence)),
    ...result.scenarios.map((scenario) => wrapped(endSentence(result, scenario))),
    wrapped(confidenceSentence(result)),
  ].join('\n');
}

function contestantsTable({ contestants, baseline, dataset }: DuelResult, colors: Colors): string {
  const table = newTable(['', `On ${dataset.pairs} pairs of ${dataset.name}`, 'Accuracy', ''], CONTESTANT_WIDTHS);
  for (const [index, { name, accuracy, fault }] of contestants.entries()) {
    const accuracyText = accuracy === null ? 'not measured' : `${percentText(accuracy.share)} (${accuracy.correct})`;
    const role = fault !== null ? colors.red('left') : index === baseline ? 'baseline' : '';
    table.push([String(index + 1), name, accuracyText, role]);
    if (fault !== null) table.push(['', { content: fault, colSpan: CONTESTANT_WIDTHS.length - 1 }]);
  }
  return table.toString();
}

function figuresTable(scenario: string, figures: readonly DuelFigure[], colors: Colors): string {
  const table = newTable([scenario, '', 'Value', 'Ratio', 'Interval', 'Verdict'], FIGURE_WIDTHS, [
    ...(['left', 'left', 'right', 'right', 'right', 'left'] as const),
  ]);
  // Some take more rounds than there were.
  for (const figure of figures.filter(({ values }) => values.some((value) => value !== null)))
    for (const [index, value] of figure.values.entries())
      table.push([index === 0 ? figure.name : '', String(index + 1), ...valueCells(figure.unit, value, colors)]);
  return table.toString();
}

function valueCells(unit: DuelFigure['unit'], value: DuelValue | null, colors: Colors): string[] {
  if (value === null) return ['none', '', '', ''];
  const ratio = value.verdict === 'baseline' ? '' : ratioText(value.ratio);
  const interval = intervalText(value.interval);
  return [figureText(unit, value.value), ratio, interval, coloredVerdict(value.verdict, colors)];
}
