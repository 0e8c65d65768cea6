/** What was measured, here and on the devices before: a small chart and a table for each scenario. */
import { figureText, rangeText } from '../../reports/compare/figureText.js';
import type { DeviceResult, ShownFigure, ShownTest } from '../shared/deviceResult.js';
import { PAGE_SCENARIOS, type PageScenario } from '../shared/plannedTest.js';
import { element, svgElement } from './dom.js';

interface Column {
  readonly title: string;
  /** Of the figure. */
  readonly name: string;
}

interface ScenarioView {
  readonly title: string;
  /** What the chart shows; the last of the columns. */
  readonly chart: string;
  readonly columns: readonly [Column, ...Column[]];
}

const VIEWS: Readonly<Record<PageScenario, ScenarioView>> = {
  SingleStream: {
    title: 'One pair at a time',
    chart: 'Time within which 90 % of the pairs were answered: less is faster',
    columns: [
      { title: 'Half within', name: 'p50' },
      { title: '90 % within', name: 'p90' },
    ],
  },
  Offline: {
    title: 'All pairs at once',
    chart: 'Pairs a second: more is faster',
    columns: [{ title: 'Pairs a second', name: 'per second' }],
  },
  Server: {
    title: 'Pairs at random times',
    chart: 'Time within which 99 % of the pairs were answered, waiting included: less is faster',
    columns: [
      { title: 'Pairs a second', name: 'per second' },
      { title: '99 % within', name: 'p99' },
    ],
  },
};

const RANGES = 'In small: where the true figure lies, with a confidence of 95 %, the steps of the clock included.';

/** Knows the results that this page has measured. */
type Own = Pick<ReadonlySet<DeviceResult>, 'has'>;

export function resultsView(results: readonly DeviceResult[], own: Own): HTMLElement {
  const parts = PAGE_SCENARIOS.map((scenario) => scenarioPart(scenario, results, own)).filter(
    (part) => part !== undefined,
  );
  return element(
    'section',
    { 'aria-labelledby': 'results' },
    element('h2', { id: 'results', tabindex: -1 }, 'Results'),
    ...parts,
    element('p', { class: 'quiet' }, parts.length === 0 ? 'Nothing has been measured yet.' : RANGES),
  );
}

interface Row {
  readonly result: DeviceResult;
  readonly isOwn: boolean;
  readonly performance: ShownTest | undefined;
  readonly accuracy: ShownTest | undefined;
}

function scenarioPart(scenario: PageScenario, results: readonly DeviceResult[], own: Own): HTMLElement | undefined {
  const rows = results.flatMap((result): Row[] => {
    const tests = result.tests.filter((test) => test.scenario === scenario);
    if (tests.length === 0) return [];
    const [performance, accuracy] = (['performance', 'accuracy'] as const).map((kind) =>
      tests.find((test) => test.kind === kind),
    );
    return [{ result, isOwn: own.has(result), performance, accuracy }];
  });
  if (rows.length === 0) return undefined;
  const view = VIEWS[scenario];
  return element('div', {}, element('h3', {}, view.title), chartOf(view, rows), tableOf(view, rows));
}

const BAR = { width: 320, height: 10, step: 34 };

/** Bars from 0, of what is VALID. The table has the numbers. */
function chartOf({ chart, columns }: ScenarioView, rows: readonly Row[]): Node {
  const name = columns.at(-1)?.name ?? '';
  const bars = rows.flatMap(({ result, isOwn, performance }) => {
    const figure = performance?.isValid ? figureNamed(performance, name) : undefined;
    return figure === undefined ? [] : [{ label: titleOf(result), isOwn, figure }];
  });
  if (bars.length === 0) return document.createTextNode('');
  const most = Math.max(...bars.map(({ figure }) => figure.value));
  const height = bars.length * BAR.step;
  const svg = svgElement(
    'svg',
    { viewBox: `0 0 ${BAR.width} ${height}`, role: 'img', 'aria-label': `${chart}. The table has the numbers.` },
    ...bars.flatMap(({ label, isOwn, figure }, index) => {
      const y = index * BAR.step;
      return [
        svgElement('text', { x: 0, y: y + 14 }, label.slice(0, 48)),
        svgElement('rect', {
          class: isOwn ? 'own' : 'other',
          ...{ x: 0, y: y + 18, height: BAR.height },
          width: Math.max(1, (BAR.width * figure.value) / most),
        }),
      ];
    }),
  );
  return element('figure', {}, svg, element('figcaption', {}, chart));
}

function tableOf({ columns }: ScenarioView, rows: readonly Row[]): HTMLElement {
  const head = ['Device and engine', ...columns.map(({ title }) => title), 'Right'];
  const body = rows.flatMap(({ result, isOwn, performance, accuracy }) => {
    const notes = [performance, accuracy].flatMap((test) => (test === undefined ? [] : notesOf(test)));
    return [
      element(
        'tr',
        { class: isOwn ? 'own' : 'other' },
        element('th', { scope: 'row' }, titleOf(result), element('small', {}, detailsOf(result))),
        ...columns.map(({ name }) => figureCell(performance, name)),
        element('td', {}, accuracyText(accuracy)),
      ),
      ...notes.map((note) => element('tr', { class: 'note-row' }, element('td', { colspan: head.length }, note))),
    ];
  });
  return element(
    'table',
    {},
    element('thead', {}, element('tr', {}, ...head.map((title) => element('th', { scope: 'col' }, title)))),
    element('tbody', {}, ...body),
  );
}

function titleOf({ device, engine }: DeviceResult): string {
  return `${device}: ${engine}`;
}

function detailsOf({ platform, browser, precision, threads }: DeviceResult): string {
  const count = threads === '1' ? '1 thread' : `${threads} threads`;
  return [browser, platform, precision, count].filter((text) => text !== '').join(', ');
}

function figureNamed(test: ShownTest, name: string): ShownFigure | undefined {
  return test.figures.find((figure) => figure.name === name);
}

/** A figure, and below it where the true one lies. */
function figureCell(test: ShownTest | undefined, name: string): HTMLElement {
  const figure = test && figureNamed(test, name);
  if (figure === undefined) return element('td', {}, '–');
  const { unit, value, interval } = figure;
  const range = interval === null ? [] : [element('small', {}, rangeText(unit, interval))];
  return element('td', {}, figureText(unit, value), ...range);
}

function accuracyText(test: ShownTest | undefined): string {
  if (test?.accuracy == null) return '–';
  const { correct, pairs } = test.accuracy;
  return `${correct} of ${pairs}`;
}

function notesOf({ isValid, invalidReasons, warnings, kind }: ShownTest): string[] {
  const reasons = isValid ? [] : invalidReasons.map((reason) => `INVALID ${kind}: ${reason}`);
  return [...reasons, ...warnings];
}
