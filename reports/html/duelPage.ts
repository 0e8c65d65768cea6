import { figureText, intervalText, ratioText } from '../compare/figureText.js';
import type { DuelFigure, DuelResult } from '../duel/duelResult.js';
import { confidenceSentence, duelSentences, endSentence } from '../duel/duelSentences.js';
import { percentText } from '../humanUnits.js';
import { dataTable } from './chartFigure.js';
import { type Content, type Markup, markup } from './markup.js';
import { pageFrame, pageSection } from './pageFrame.js';
import { wordsOf } from './settingsTables.js';
import { type ComparedSystem, speedOf, speedTable } from './speedTable.js';
import { verdictMark } from './verdictMark.js';

/** A duel's result as a self-contained page. */
export function duelPage(result: DuelResult): string {
  const { contestants, baseline, scenarios, system, dataset, network, startedAt } = result;
  const base = baseline === null ? undefined : contestants[baseline];
  const title = `Duel: ${contestants.map(({ name }) => name).join(' and ')}`;
  const sentences = duelSentences(result);
  return pageFrame({
    title,
    lead: [
      markup`<b>${sentences[0] ?? 'Nothing was shown.'}</b>`,
      `${startedAt.slice(0, 10)}, ${system.processor ?? 'unknown processor'}, ${network} on ${dataset.pairs} pairs of ${dataset.name}, sphereface-loadgen ${system.loadgenPackageVersion ?? 'of unknown version'}`,
    ],
    links: [
      ['result', 'Result'],
      ...scenarios.map(({ scenario }) => [scenario, scenario] as const),
      ['settings', 'Settings'],
    ],
    content: [
      pageSection('result', 'Result', [
        markup`${base === undefined ? '' : speedTable(base.name, comparedSystems(result))}\n`,
        markup`<ul>${sentences.map((sentence) => markup`<li>${sentence}</li>\n`)}</ul>\n`,
        faults(result),
      ]),
      scenarios.map((scenario) => scenarioPart(result, scenario)),
      pageSection('settings', 'Settings', settings(result)),
    ],
    footer: confidenceSentence(result),
  });
}

function comparedSystems({ contestants, baseline, scenarios }: DuelResult): ComparedSystem[] {
  return contestants.flatMap(({ name, accuracy }, index) => {
    const speeds = scenarios.flatMap(({ scenario, figures }) =>
      figures.flatMap(({ name: figure, unit, values }) => {
        const value = values[index];
        if (index === baseline || value === undefined || value === null) return [];
        return [
          { name: `${scenario} ${figure}`, verdict: value.verdict, ...speedOf(unit, value.ratio, value.interval) },
        ];
      }),
    );
    const role = index === baseline ? 'the baseline; ' : '';
    return [{ name, accuracy: role + accuracyText(accuracy), speeds }];
  });
}

function accuracyText(accuracy: DuelResult['contestants'][number]['accuracy']): string {
  if (accuracy === null) return 'accuracy not measured';
  return `accuracy ${percentText(accuracy.share)} (${accuracy.correct} of ${accuracy.pairs} pairs)`;
}

function faults({ contestants }: DuelResult): Markup[] {
  return contestants.flatMap(({ name, fault }) =>
    fault === null ? [] : [markup`<p class="note">${name} left the duel: ${fault}</p>\n`],
  );
}

function scenarioPart(result: DuelResult, scenario: DuelResult['scenarios'][number]): Markup {
  const { scenario: name, figures } = scenario;
  const rows = figures.flatMap((figure) => figureRows(figure, result.contestants));
  const head = ['Figure', 'System', 'Value', 'Ratio', 'Interval', 'Verdict'];
  const table = dataTable({ caption: `Figures of ${name}`, head, rows });
  return pageSection(name, name, markup`<p>${endSentence(result, scenario)}</p>\n${table}\n`);
}

function figureRows({ name, unit, values }: DuelFigure, contestants: DuelResult['contestants']): Content[][] {
  // Some take more rounds than there were.
  if (values.every((value) => value === null)) return [];
  return values.map((value, index) => {
    const system = contestants[index]?.name;
    if (value === null) return [name, system, 'none', '', '', ''];
    const interval = intervalText(value.interval);
    const ratio = value.verdict === 'baseline' ? '' : ratioText(value.ratio);
    return [name, system, figureText(unit, value.value), ratio, interval, verdictMark(value.verdict)];
  });
}

function settings({ contestants, seed, precision, timeLimitMs, system, dataset }: DuelResult): Content[] {
  const facts = {
    ...system,
    'data set': `${dataset.name}, ${dataset.pairs} pairs, SHA-256 ${dataset.sha256.slice(0, 12)}`,
    seed: String(seed),
    'precision asked for': percentText(precision),
    'time limit': `${timeLimitMs / 1000} s`,
  };
  const keys = [...new Set(contestants.flatMap(({ configuration }) => Object.keys(configuration)))];
  return [
    markup`<dl>${Object.entries(facts).map(([key, value]) => markup`<dt>${wordsOf(key)}</dt><dd>${value}</dd>`)}</dl>\n`,
    dataTable({
      caption: 'The systems',
      head: ['Fact', ...contestants.map(({ name }) => name)],
      rows: keys.map((key) => [wordsOf(key), ...contestants.map(({ configuration }) => configuration[key] ?? '')]),
      hasSentences: true,
    }),
  ];
}
