import { code, type FigureRow, listMarkdown, paragraphs, plain, scenariosMarkdown } from '../../markdown.js';
import { figureText, rangeText, ratioRangeText } from '../figureText.js';
import type { GroupComparison, GroupFigure } from './groupComparison.js';
import { groupsSentence } from './groupTable.js';

/** A comparison of two groups of runs, for a comment on a pull request. */
export function groupMarkdown(comparison: GroupComparison): string {
  const { groups, scenarios, warnings } = comparison;
  const names = groups.map(({ name, runs }) => `${name} (${runs.length})`);
  return paragraphs([
    ...scenariosMarkdown(scenarios, (figure) => figureRows(figure, names)),
    listMarkdown(
      warnings.map(
        ({ group, runs, code: name, scenarios, message }) =>
          `${name} ${code(names[group] ?? '')}, ${plain(`${scenarios.join(', ')}: ${message} (${runs})`)}`,
      ),
    ),
    plain(groupsSentence(comparison)),
  ]);
}

function figureRows({ name, unit, groups, ratio, interval, verdict }: GroupFigure, names: readonly string[]) {
  return groups.map((value, group): FigureRow => {
    const range = value === null || value.runs === 1 ? '' : ` (${rangeText(unit, [value.lowest, value.highest])})`;
    const text = value === null ? 'none' : figureText(unit, value.value) + range;
    if (group === 0) return [name, names[group] ?? '', text, '', 'baseline'];
    return ['', names[group] ?? '', text, ratioRangeText(ratio, interval), verdict ?? ''];
  });
}
