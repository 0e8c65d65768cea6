import { printable } from '../../base/text.js';
import { figureText } from '../compare/figureText.js';
import { newTable, wrapped } from '../textTable.js';
import { mainFigure, mainFigureName, RANKED_SCENARIOS } from './bestFront.js';
import type { BenchmarkResults, Results, ScenarioResult } from './results.js';
import { benchmarkName, notesOf } from './resultTexts.js';

const TABLE_WIDTH = 80;
const SPEED_WIDTHS: Readonly<Record<string, number>> = { SingleStream: 14, MultiStream: 13, Server: 12, Offline: 12 };
const ACCURACY_WIDTH = 10;

const FRONT = `* no other system of this benchmark is as fast and as accurate, and better in one of both`;

/** A row for each system, then what could not be read; 80 columns wide. */
export function resultsTable({ benchmarks, audits, unreadable }: Results): string {
  const systems = benchmarks.flatMap((benchmark) => benchmark.systems);
  const results = systems.flatMap((system) => system.results);
  const scenarios = RANKED_SCENARIOS.filter((scenario) => results.some((result) => result.scenario === scenario));
  const parts = [
    ...(systems.length === 0 ? [] : [tableOf(benchmarks, scenarios)]),
    ...(results.some(({ onFront }) => onFront) ? [wrapped(FRONT)] : []),
    ...(audits === 0 ? [] : [`Left out: ${audits} tests of audits`]),
    ...(unreadable.length === 0 ? [] : [`Not read, ${unreadable.length}:`]),
    ...unreadable.map(({ folder, reason }) => `${folder}: ${reason}`),
  ];
  return parts.join('\n');
}

function tableOf(benchmarks: readonly BenchmarkResults[], scenarios: readonly string[]): string {
  const speedWidths = scenarios.map((scenario) => SPEED_WIDTHS[scenario] ?? 0);
  const columns = [...speedWidths, ACCURACY_WIDTH];
  const borders = columns.length + 2;
  const systemWidth = TABLE_WIDTH - borders - columns.reduce((sum, width) => sum + width, 0);
  const head = ['System', ...scenarios.map((scenario) => `${scenario} ${mainFigureName(scenario)}`), 'Accuracy'];
  const table = newTable(head, [systemWidth, ...columns], ['left', ...columns.map(() => 'right' as const)]);
  const wide = (content: string) => [{ content, colSpan: columns.length + 1 }];
  for (const benchmark of benchmarks) {
    table.push(wide(`${benchmarkName(benchmark)}:`));
    for (const system of benchmark.systems) {
      const { results } = system;
      table.push([
        {
          content: `${system.name}${system.quick === true ? ' (quick)' : ''}\n${system.folder}`,
          wrapOnWordBoundary: false,
        },
        ...scenarios.map((scenario) => speedText(results.find((result) => result.scenario === scenario))),
        [...new Set(results.flatMap(accuracyText))].join('\n'),
      ]);
      for (const note of notesOf(system)) table.push(wide(printable(note)));
    }
  }
  return table.toString();
}

function speedText(result: ScenarioResult | undefined): string {
  if (result === undefined) return '';
  const figure = mainFigure(result);
  const [other] = result.figures;
  const told =
    figure === undefined
      ? other && `${other.name} ${figureText(other.unit, other.value)}`
      : figureText(figure.unit, figure.value) + (result.onFront ? ' *' : '');
  const value = told === undefined ? [] : [told];
  return [...value, ...(result.validity === 'INVALID' ? ['INVALID'] : [])].join('\n');
}

function accuracyText({ accuracy }: ScenarioResult): string[] {
  return accuracy === null ? [] : [figureText('correct share', accuracy.share)];
}
