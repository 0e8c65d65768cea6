import { figureText } from '../compare/figureText.js';
import { mainFigure, mainFigureName, RANKED_SCENARIOS, rankedPoint } from '../results/bestFront.js';
import type { Results, ScenarioResult } from '../results/results.js';
import { benchmarkName, notesOf } from '../results/resultTexts.js';
import { chartFigure } from './chartFigure.js';
import { frontChart, frontLegend, type SystemPoint } from './frontChart.js';
import { type Content, type Markup, markup, unbroken } from './markup.js';
import { pageFrame, pageSection } from './pageFrame.js';
import { sharedFacts } from './systemFacts.js';
import { type NumberedBenchmark, type NumberedSystem, systemsTable, tableControls } from './systemsTable.js';
import { TABLE_SCRIPT } from './tableScript.js';

const FOOTER =
  'A star: on the best front, since no other system of this network and data set is as fast and as accurate, and better ' +
  'in one of both. INVALID results have no rank and are not on it. A difference between two systems may be noise: a duel ' +
  'tells whether it is.';

/** The results of many systems as a self-contained page. */
export function resultsPage(results: Results): string {
  const benchmarks = numbered(results);
  const systems = benchmarks.flatMap((benchmark) => benchmark.systems);
  const all = systems.flatMap(({ system }) => system.results);
  const scenarios = RANKED_SCENARIOS.filter((scenario) => all.some((result) => result.scenario === scenario));
  const charts = benchmarks.flatMap((benchmark, index) => benchmarkCharts(`front-${index}`, benchmark, scenarios));
  const notes = noteList(results, systems);
  return pageFrame({
    title: `Results of ${systems.length} ${systems.length === 1 ? 'system' : 'systems'}`,
    lead: leadOf(benchmarks),
    links: [
      ...(charts.length === 0 ? [] : [['fronts', 'Speed against accuracy'] as const]),
      ['systems', 'Systems'],
      ...(notes.length === 0 ? [] : [['notes', 'Notes'] as const]),
    ],
    content: [
      charts.length === 0
        ? ''
        : pageSection('fronts', 'Speed against accuracy', [
            benchmarks.length > 1
              ? markup`<p>Networks and data sets have charts of their own: their accuracies are not of the same task.</p>\n`
              : '',
            charts,
          ]),
      pageSection('systems', 'Systems', [tableControls(), systemsTable(benchmarks, scenarios), '\n']),
      notes.length === 0
        ? ''
        : pageSection('notes', 'Notes', markup`<ul>${notes.map((note) => markup`<li>${note}</li>\n`)}</ul>\n`),
    ],
    footer: FOOTER,
    script: TABLE_SCRIPT,
  });
}

function numbered({ benchmarks }: Results): NumberedBenchmark[] {
  let count = 0;
  return benchmarks.map((benchmark) => {
    const systems = benchmark.systems.map((system) => {
      count++;
      return { number: count, system };
    });
    return { benchmark, systems };
  });
}

function leadOf(benchmarks: readonly NumberedBenchmark[]): Content[] {
  const systems = benchmarks.flatMap((benchmark) => benchmark.systems.map(({ system }) => system));
  const dates = systems.flatMap(({ startedAt }) => startedAt?.slice(0, 10) ?? []).toSorted();
  const [first, last] = [dates.at(0), dates.at(-1)];
  const period = first === last ? [] : [`${first} to ${last}`];
  const names = benchmarks.map(({ benchmark }) => benchmarkName(benchmark)).join('; ');
  return [...bestOf(benchmarks), [names, ...sharedFacts(systems), ...period].join(', ')];
}

/** How many of a front a sentence names. */
const MAX_TOLD = 3;

/** The best front of the first benchmark, from the fastest system on. */
function bestOf([first, ...others]: readonly NumberedBenchmark[]): Markup[] {
  if (first === undefined) return [];
  const { systems, benchmark } = first;
  const of = others.length === 0 ? '' : `${benchmarkName(benchmark)}: `;
  return RANKED_SCENARIOS.flatMap((scenario) => {
    const best = systems.flatMap(({ system }) =>
      system.results.flatMap((result) => {
        const point = result.scenario === scenario && result.onFront ? rankedPoint(result) : undefined;
        return point === undefined ? [] : [{ name: system.name, ...point }];
      }),
    );
    if (best.length === 0) return [];
    const told = best
      .toSorted((one, other) => other.speed - one.speed)
      .slice(0, MAX_TOLD)
      .map(({ name, result, accuracy }) => {
        const { unit = 'ns', value = null } = mainFigure(result) ?? {};
        return `${name} (${unbroken(figureText(unit, value))} at an accuracy of ${unbroken(figureText('correct share', accuracy))})`;
      });
    const more = best.length > MAX_TOLD ? ` and ${best.length - MAX_TOLD} more` : '';
    return [markup`<b>${of}${scenario} ${mainFigureName(scenario)}, best: ${told.join('; ')}${more}.</b>`];
  });
}

/** A chart for each scenario in which two or more systems can be compared. */
function benchmarkCharts(
  id: string,
  { benchmark, systems }: NumberedBenchmark,
  scenarios: readonly string[],
): Markup[] {
  const charts = scenarios.flatMap((scenario, index) => {
    const found = systems.flatMap((numberedSystem) => {
      const result = numberedSystem.system.results.find((one) => one.scenario === scenario);
      return result === undefined ? [] : [{ ...numberedSystem, result }];
    });
    const points = found.flatMap(({ number, system, result }): SystemPoint[] => {
      const point = rankedPoint(result);
      return point === undefined ? [] : [{ ...point, number, name: system.name }];
    });
    if (points.length < 2) return [];
    return [
      markup`<h4>${scenario}</h4>\n${chartFigure(frontChart(`${id}-${index}`, scenario, points, notDrawn(found)), frontLegend(points))}`,
    ];
  });
  return charts.length === 0 ? [] : [markup`<h3>${benchmarkName(benchmark)}</h3>\n${charts}`];
}

/** Which systems a chart lacks, and why. */
function notDrawn(found: readonly (NumberedSystem & { readonly result: ScenarioResult })[]): string {
  const reasons = new Map<string, number[]>();
  for (const { number, result } of found) {
    if (rankedPoint(result) !== undefined) continue;
    const reason =
      result.validity === 'INVALID'
        ? 'INVALID'
        : mainFigure(result) === undefined
          ? `no ${mainFigureName(result.scenario)}`
          : 'no accuracy';
    reasons.set(reason, [...(reasons.get(reason) ?? []), number]);
  }
  if (reasons.size === 0) return '';
  return `Not drawn: ${[...reasons].map(([reason, numbers]) => `${numbers.join(', ')} (${reason})`).join('; ')}.`;
}

const QUICK = 'measured with --quick: too short, and of too few pairs, for a result';

function noteList({ audits, unreadable }: Results, systems: readonly NumberedSystem[]): Content[] {
  const numbersOf = new Map<string, number[]>();
  for (const { number, system } of systems)
    for (const note of notesOf(system)) numbersOf.set(note, [...(numbersOf.get(note) ?? []), number]);
  const quick = systems.flatMap(({ number, system }) => (system.quick === true ? [number] : []));
  if (quick.length > 0) numbersOf.set(QUICK, quick);
  return [
    ...[...numbersOf].map(
      ([note, numbers]) => markup`<b>${numbers.length === systems.length ? 'All' : numbers.join(', ')}</b> ${note}`,
    ),
    ...(audits === 0 ? [] : [`${audits} tests of audits are left out.`]),
    ...(unreadable.length === 0
      ? []
      : [
          `${unreadable.length} ${unreadable.length === 1 ? 'folder was' : 'folders were'} not read; the command names them.`,
        ]),
  ];
}
