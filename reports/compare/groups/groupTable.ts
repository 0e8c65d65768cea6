import picocolors from 'picocolors';
import { printable } from '../../../base/text.js';
import { percentText } from '../../humanUnits.js';
import { type Colors, coloredVerdict, newTable, wrapped } from '../../textTable.js';
import { figureText, rangeText, ratioRangeText } from '../figureText.js';
import type { GroupComparison, GroupFigure } from './groupComparison.js';

/** With three borders, 80 characters. */
const GROUP_WIDTHS = [3, 74];
/** With seven borders, 80 characters. */
const FIGURE_WIDTHS = [12, 3, 11, 17, 15, 15];

/** The groups, their figures beside each other, and what to beware of; 80 columns wide. */
export function groupTable(comparison: GroupComparison, { color }: { readonly color: boolean }): string {
  const colors = picocolors.createColors(color);
  const parts = [
    groupsTable(comparison),
    ...comparison.scenarios.map(({ scenario, figures }) => figuresTable(scenario, figures, colors)),
    ...(comparison.warnings.length === 0 ? [] : [warningsTable(comparison.warnings, comparison.groups, colors)]),
    wrapped(groupsSentence(comparison)),
  ];
  return parts.join('\n');
}

/** How to read intervals and verdicts. */
export function groupsSentence({ confidence }: GroupComparison): string {
  return (
    'Ratios are of geometric means over the runs. Intervals come from what differs between runs of one group; together ' +
    `they enclose the true ratios with ${percentText(confidence)} confidence, if both groups ran under the same ` +
    'conditions, best in turns.'
  );
}

function groupsTable({ groups }: GroupComparison): string {
  const table = newTable(['', 'Group'], GROUP_WIDTHS);
  for (const [index, { name, runs }] of groups.entries()) {
    const role = index === 0 ? ' (baseline)' : '';
    const systems = new Set(runs.flatMap(({ tests }) => tests.map(({ sutName }) => sutName)));
    const count = runs.length === 1 ? '1 run' : `${runs.length} runs`;
    table.push([String(index + 1), `${printable(name)}${role}: ${count} of ${[...systems].join(', ')}`]);
  }
  return table.toString();
}

function figuresTable(scenario: string, figures: readonly GroupFigure[], colors: Colors): string {
  const table = newTable([scenario, '', 'Value', 'Runs from–to', 'Ratio', 'Verdict'], FIGURE_WIDTHS, [
    ...(['left', 'left', 'right', 'right', 'right', 'left'] as const),
  ]);
  for (const figure of figures) {
    for (const index of [0, 1] as const) {
      const compared = index === 1 && figure.ratio !== null;
      table.push([
        ...[index === 0 ? figure.name : '', String(index + 1), ...valueCells(figure.unit, figure.groups[index])],
        ...(compared
          ? [ratioRangeText(figure.ratio, figure.interval), coloredVerdict(figure.verdict, colors)]
          : ['', '']),
      ]);
    }
  }
  return table.toString();
}

function valueCells(unit: GroupFigure['unit'], group: GroupFigure['groups'][0]): string[] {
  if (group === null) return ['none', ''];
  const range = group.runs === 1 ? '1 run' : rangeText(unit, [group.lowest, group.highest]);
  return [figureText(unit, group.value), range];
}

/** @param groups by index, as the warnings name them */
export function warningsTable(
  warnings: GroupComparison['warnings'],
  groups: readonly { readonly runs: readonly unknown[] }[],
  colors: Colors,
): string {
  const table = newTable(['', 'Warning'], GROUP_WIDTHS);
  for (const { group, runs, scenarios, code, message } of warnings) {
    const all = groups[group]?.runs.length;
    const where = runs === all ? '' : ` (${runs} of ${all} runs)`;
    const number = groups.length > 1 ? String(group + 1) : '';
    table.push([number, `${colors.yellow(code)} ${scenarios.join(', ')}: ${message}${where}`]);
  }
  return table.toString();
}
