import { figureText } from '../compare/figureText.js';
import { mainFigure, mainFigureName, rankedPoint } from '../results/bestFront.js';
import type { BenchmarkResults, ScenarioResult, SystemResults } from '../results/results.js';
import { benchmarkName } from '../results/resultTexts.js';
import { tableFrame } from './chartFigure.js';
import { type Content, type Markup, markup } from './markup.js';
import { ownFacts, sharedFacts } from './systemFacts.js';

/** A system and the number that tells it apart on the page. */
export interface NumberedSystem {
  readonly number: number;
  readonly system: SystemResults;
}

export interface NumberedBenchmark {
  readonly benchmark: BenchmarkResults;
  readonly systems: readonly NumberedSystem[];
}

export const SYSTEMS_TABLE_ID = 'systems-table';

/** A row for each system: one table, in which systems are sorted among those of their benchmark. */
export function systemsTable(benchmarks: readonly NumberedBenchmark[], scenarios: readonly string[]): Markup {
  const sortable = (text: Content, order: 'ascending' | 'descending') =>
    markup`<span data-order="${order}">${text}</span>`;
  const head = [
    sortable(markup`<abbr title="Number">#</abbr>`, 'ascending'),
    sortable('System', 'ascending'),
    ...scenarios.map((scenario) => {
      const figure = mainFigureName(scenario);
      return sortable(`${scenario} ${figure}`, figure === 'per second' ? 'descending' : 'ascending');
    }),
    sortable('Accuracy', 'descending'),
  ];
  const shared = sharedFacts(benchmarks.flatMap(({ systems }) => systems.map(({ system }) => system)));
  const bodies = benchmarks.map(({ benchmark, systems }) => {
    const rows = systems.map((system) => row(system, scenarios, shared));
    const name = benchmarkName(benchmark);
    return markup`<tbody>
<tr><th scope="rowgroup" colspan="${head.length}"><b>${name}</b></th></tr>
${rows}</tbody>
`;
  });
  return tableFrame('Systems', head, markup`${bodies}`, 'figures sortable', SYSTEMS_TABLE_ID);
}

/** Shown by the script alone, which does what they say. */
export function tableControls(): Markup {
  const box = (keep: string, text: string) =>
    markup`<label><input type="checkbox" data-keep="${keep}"> ${text}</label>`;
  return markup`<div class="controls" data-filters="${SYSTEMS_TABLE_ID}" hidden>
<label>Filter <input type="search" autocomplete="off"></label>
${box('data-best', 'Only the best front')} ${box('data-judged', 'Without INVALID')} <span role="status"></span></div>
`;
}

function row({ number, system }: NumberedSystem, scenarios: readonly string[], shared: readonly string[]): Markup {
  const { name, results } = system;
  const best = results.some(({ onFront }) => onFront) ? markup` data-best=""` : '';
  const judged = results.some(({ validity }) => validity === 'INVALID') ? '' : markup` data-judged=""`;
  const speeds = scenarios.map((scenario) => speedCell(results.find((result) => result.scenario === scenario)));
  return markup`<tr id="system-${number}" data-system="${number}"${best}${judged}><td data-sort="${number}"><b>${number}</b></td><th scope="row" class="name" data-sort="${name}"><b>${name}</b><br><small>${ownFacts(system, shared)}</small></th>${speeds}${accuracyCell(results)}</tr>
`;
}

/** Without a rank where it is INVALID: it comes last in either order. */
function speedCell(result: ScenarioResult | undefined): Markup {
  if (result === undefined) return markup`<td></td>`;
  const { figures, validity, onFront } = result;
  const figure = mainFigure(result);
  const [other] = figures;
  const isInvalid = validity === 'INVALID';
  const star = onFront
    ? markup` <b class="good"><span aria-hidden="true">★</span><span class="unseen">on the best front</span></b>`
    : '';
  const value =
    figure === undefined
      ? other && markup`<small>${other.name} ${figureText(other.unit, other.value)}</small>`
      : markup`${figureText(figure.unit, figure.value)}${star}`;
  const sort = figure === undefined || isInvalid ? '' : markup` data-sort="${figure.value ?? ''}"`;
  const verdict = isInvalid ? markup`${value === undefined ? '' : markup`<br>`}<b class="bad">INVALID</b>` : '';
  return markup`<td${sort}>${value}${verdict}</td>`;
}

function accuracyCell(results: readonly ScenarioResult[]): Markup {
  const measured = results.flatMap(({ accuracy }) => accuracy ?? []);
  const texts = new Set(measured.map(({ share }) => figureText('correct share', share)));
  const ranked = results.flatMap((result) => rankedPoint(result)?.accuracy ?? []);
  const sort = ranked.length === 0 ? '' : markup` data-sort="${ranked[0]}"`;
  return markup`<td${sort}>${[...texts].join(', ')}</td>`;
}
