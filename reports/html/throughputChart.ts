import { scaleLinear } from 'd3-scale';
import type { ComparedFigure } from '../compare/comparison.js';
import { figureText, rangeText } from '../compare/figureText.js';
import type { RunRecord } from '../figures/runRecord.js';
import { CHART_WIDTH, coordinate, countTick, linearTicks, xAxis } from './axes.js';
import type { Chart } from './chartFigure.js';
import { type Markup, markup } from './markup.js';
import { colourClass, runName, runNumber, runTitle } from './runMarks.js';

const LEFT = 250;
const RIGHT = CHART_WIDTH - 120;
const ROW = 34;
const TOP = 14;
const MAX_NAME = 26;

/** One bar per run, starting at 0, with its interval if there is one. */
export function throughputChart(
  id: string,
  scenario: string,
  figure: ComparedFigure,
  runs: readonly RunRecord[],
): Chart {
  const bars = figure.values.flatMap((value, run) =>
    value === null || value.value === null ? [] : [{ ...value, run, value: value.value }],
  );
  const highest = Math.max(...bars.map(({ value, interval }) => interval?.[1] ?? value), 0);
  const x = scaleLinear([0, highest || 1], [LEFT, RIGHT]).nice(5);
  const plot = { left: LEFT, right: RIGHT, top: TOP, bottom: TOP + bars.length * ROW + 4 };
  const drawn = bars.map(({ run, value, interval }, row) => {
    const [top, middle] = [TOP + row * ROW + 6, TOP + row * ROW + 18];
    const record = runs[run];
    const name = record === undefined ? '' : shortened(runName(record));
    const end = Math.max(x(value), interval === null ? 0 : x(interval[1]));
    const number = markup`<tspan class="number ${colourClass(run)}">${runNumber(run)}</tspan>`;
    const width = coordinate(x(value) - LEFT);
    return [
      markup`<text class="tick" x="${LEFT - 10}" y="${middle + 4}" text-anchor="end">${number} ${name}</text>`,
      markup`<rect class="bar ${colourClass(run)}" x="${LEFT}" y="${top}" width="${width}" height="24"/>`,
      interval === null
        ? ''
        : whisker(
            interval.map((rate) => coordinate(x(rate))),
            middle,
          ),
      markup`<text class="value" x="${coordinate(end + 8)}" y="${middle + 4}">${figureText(figure.unit, value)}</text>`,
    ];
  });
  const sentences = bars.map(
    ({ run, value, interval }) =>
      `Run ${runNumber(run)}: ${figureText(figure.unit, value)} samples per second${interval === null ? '' : `, interval ${rangeText(figure.unit, interval)}`}.`,
  );
  const title = `${scenario}: samples per second`;
  const content = [xAxis(x, linearTicks(x, 5, countTick), plot, 'samples per second'), drawn];
  const height = plot.bottom + 46;
  const without = [
    ...new Set(
      bars.flatMap(({ interval, noInterval }) => (interval === null && noInterval !== null ? [noInterval] : [])),
    ),
  ];
  return {
    id,
    drawings: [{ id: `${id}-svg`, title, description: sentences.join(' '), height, content }],
    caption: [
      bars.some(({ interval }) => interval !== null) ? 'Whiskers: 95 % intervals. ' : '',
      without.map((reason) => `No interval: ${reason}. `),
    ],
    data: {
      caption: title,
      head: ['Run', 'Samples per second', '95 % interval'],
      rows: bars.map(({ run, value, interval }) => [
        runTitle(runs, run),
        figureText(figure.unit, value),
        interval === null ? 'none' : rangeText(figure.unit, interval),
      ]),
    },
  };
}

/** A line with a stop at either end. */
function whisker([from = '', to = '']: readonly string[], y: number): Markup {
  return markup`<path class="interval" d="M${from} ${y - 6}v12m0 -6H${to}m0 -6v12"/>`;
}

function shortened(name: string): string {
  return name.length <= MAX_NAME ? name : `${name.slice(0, MAX_NAME - 1)}…`;
}
