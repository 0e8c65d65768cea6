import { figureText, intervalText, rangeText, ratioText } from '../compare/figureText.js';
import type { GroupComparison, GroupFigure } from '../compare/groups/groupComparison.js';
import { groupsSentence } from '../compare/groups/groupTable.js';
import { dataTable } from './chartFigure.js';
import { type Content, type Markup, markup } from './markup.js';
import { pageFrame, pageSection } from './pageFrame.js';
import { settingsTables } from './settingsTables.js';
import { type ComparedSystem, type Speed, speedOf, speedTable } from './speedTable.js';
import { verdictMark } from './verdictMark.js';

/** A comparison of two groups of runs as a self-contained page. */
export function groupPage(comparison: GroupComparison): string {
  const { groups, scenarios, warnings } = comparison;
  const [base, own] = groups;
  const speeds = speedsOf(comparison);
  const dates = groups.flatMap(({ runs }) =>
    runs.flatMap(({ tests }) => tests.flatMap(({ startedAt }) => startedAt?.slice(0, 10) ?? [])),
  );
  const processors = groups.flatMap(({ runs }) => runs.flatMap(({ system }) => system?.processor ?? []));
  return pageFrame({
    title: `${own.name} against ${base.name}`,
    lead: [
      markup`<b>${headline(own.name, base.name, speeds)}</b>`,
      [...new Set([...dates, ...processors]), `${base.runs.length} and ${own.runs.length} runs`].join(', '),
    ],
    links: [
      ['result', 'Result'],
      ...scenarios.map(({ scenario }) => [scenario, scenario] as const),
      ['settings', 'Settings and verdicts'],
    ],
    content: [
      pageSection('result', 'Result', [
        markup`${speedTable(base.name, comparedSystems(comparison, speeds))}\n`,
        warningList(warnings, groups),
      ]),
      scenarios.map(({ scenario, figures }) => scenarioPart(scenario, figures, groups)),
      pageSection('settings', 'Settings and verdicts', settingsTables(groups.flatMap(({ runs }) => runs))),
    ],
    footer: groupsSentence(comparison),
  });
}

function speedsOf({ scenarios }: GroupComparison): Speed[] {
  return scenarios.flatMap(({ scenario, figures }) =>
    figures.flatMap(({ name, unit, ratio, interval, verdict }) => {
      if (unit === 'correct share' || ratio === null || interval === null) return [];
      return [{ name: `${scenario} ${name}`, verdict, ...speedOf(unit, ratio, interval) }];
    }),
  );
}

/** What is shown of the first figure. */
function headline(own: string, base: string, [speed]: readonly Speed[]): string {
  if (speed === undefined) return `Too few VALID runs to tell ${own} from ${base}.`;
  if (speed.verdict === 'no difference shown') return `${speed.name}: ${own} shows no difference from ${base}.`;
  const [lower, upper] = (speed.interval ?? [speed.value, speed.value]).map(ratioText);
  return `${speed.name}: ${own} is ${speed.verdict}, ${lower} to ${upper} times as fast as ${base}.`;
}

function comparedSystems({ groups, scenarios }: GroupComparison, speeds: readonly Speed[]): ComparedSystem[] {
  return groups.map(({ name }, index) => {
    const accuracies = scenarios.flatMap(({ figures }) =>
      figures.flatMap(({ unit, groups: values }) => {
        const value = values[index];
        return unit !== 'correct share' || value === undefined || value === null ? [] : [valueText(unit, value)];
      }),
    );
    const accuracy = accuracies.length === 0 ? 'no accuracy' : `accuracy ${[...new Set(accuracies)].join(', ')}`;
    return index === 0 ? { name, accuracy: `the baseline; ${accuracy}`, speeds: [] } : { name, accuracy, speeds };
  });
}

function scenarioPart(scenario: string, figures: readonly GroupFigure[], groups: GroupComparison['groups']): Markup {
  const rows = figures.flatMap(({ name, unit, groups: values, ratio, interval, verdict }) =>
    values.map((value, index): Content[] => {
      const cells = [name, groups[index]?.name, value === null ? 'none' : valueText(unit, value), value?.runs ?? 0];
      if (index === 0) return [...cells, '', '', 'baseline'];
      return [...cells, ratio === null ? '' : ratioText(ratio), intervalText(interval), verdictMark(verdict)];
    }),
  );
  const head = ['Figure', 'Group', 'Value (runs from–to)', 'VALID runs', 'Ratio', 'Interval', 'Verdict'];
  const table = dataTable({ caption: `Figures of ${scenario}`, head, rows });
  return pageSection(scenario, scenario, markup`${table}\n`);
}

function valueText(
  unit: GroupFigure['unit'],
  { value, lowest, highest }: NonNullable<GroupFigure['groups'][0]>,
): string {
  return figureText(unit, value) + (lowest === highest ? '' : ` (${rangeText(unit, [lowest, highest])})`);
}

function warningList(warnings: GroupComparison['warnings'], groups: GroupComparison['groups']): Markup {
  if (warnings.length === 0) return markup`<p>No warnings.</p>\n`;
  const items = warnings.map(({ group, runs, scenarios, code, message }) => {
    const all = groups[group]?.runs ?? [];
    const which = runs === all.length ? '' : ` (${runs} of ${all.length} runs)`;
    return markup`<li><b>${code}</b> ${groups[group]?.name}, ${scenarios.join(', ')}: ${message}${which}</li>\n`;
  });
  return markup`<div class="warnings"><h3>Warnings</h3><ul>${items}</ul></div>\n`;
}
