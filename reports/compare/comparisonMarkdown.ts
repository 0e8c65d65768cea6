import { code, type FigureRow, listMarkdown, paragraphs, plain, scenariosMarkdown } from '../markdown.js';
import type { ComparedFigure, Comparison } from './comparison.js';
import { comparisonSentence } from './comparisonTable.js';
import { figureText, rangeText, ratioText } from './figureText.js';

/** A comparison of runs, for a comment on a pull request. */
export function comparisonMarkdown(comparison: Comparison): string {
  const { scenarios, warnings } = comparison;
  const names = comparison.runs.map(({ folder }) => folder);
  return paragraphs([
    ...scenariosMarkdown(scenarios, (figure) => figureRows(figure, names)),
    listMarkdown(
      warnings.map(
        ({ run, code: name, scenarios, message }) =>
          `${name} ${code(names[run] ?? '')}, ${plain(`${scenarios.join(', ')}: ${message}`)}`,
      ),
    ),
    plain(comparisonSentence(comparison)),
  ]);
}

function figureRows({ name, unit, values }: ComparedFigure, names: readonly string[]): FigureRow[] {
  return values.map((value, run) => {
    const figure = run === 0 ? name : '';
    const folder = names[run] ?? '';
    if (value === null) return [figure, folder, 'none', '', ''];
    const range = value.interval === null ? '' : ` (${rangeText(unit, value.interval)})`;
    const ratio = value.ratio === null ? '' : ratioText(value.ratio);
    return [figure, folder, figureText(unit, value.value) + range, ratio, value.verdict ?? ''];
  });
}
