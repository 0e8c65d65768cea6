import { extent } from 'd3-array';
import { scaleLinear, scaleLog } from 'd3-scale';
import { figureText } from '../compare/figureText.js';
import { frontOf, mainFigureName, type RankedPoint } from '../results/bestFront.js';
import {
  CHART_WIDTH,
  coordinate,
  countTick,
  durationTick,
  LOGARITHMIC_FROM,
  linearTicks,
  percentTick,
  type Scale,
  ticksOf,
  type ValueScale,
  xAxis,
  yAxis,
} from './axes.js';
import type { Chart } from './chartFigure.js';
import { type Markup, markup, unbroken } from './markup.js';

export interface SystemPoint extends RankedPoint {
  /** By which the page tells systems apart. */
  readonly number: number;
  readonly name: string;
}

/** More names would bury the chart; the table has them all. */
const MAX_NAMES = 12;
/** Among more points, only the best have their numbers: the others' would hide them. */
const MAX_NUMBERS = 60;

const PLOT = { left: 78, right: CHART_WIDTH - 34, top: 34, bottom: 330 };
const HEIGHT = 376;
const RADIUS = 6;
/** Of each axis, left free at both ends. */
const MARGIN = 0.08;
/** Differences of accuracy below this would fill the axis with less than a pair or two. */
const LEAST_ACCURACY_SPAN = 0.02;

/** Speed against accuracy: up and to the right is better. Needs at least two points. */
export function frontChart(id: string, scenario: string, points: readonly SystemPoint[], notDrawn: string): Chart {
  const isLatency = points.some(({ result }) => result.figures.some(isMainLatency));
  const x = speedScale(
    points.map(({ value }) => value),
    isLatency ? [PLOT.right, PLOT.left] : [PLOT.left, PLOT.right],
  );
  const y = accuracyScale(points.map(({ accuracy }) => accuracy));
  const front = new Set(frontOf(points).map(({ result }) => result));
  const best = points.filter(({ result }) => front.has(result)).toSorted((one, other) => one.speed - other.speed);
  const others = points.filter(({ result }) => !front.has(result));
  const figure = mainFigureName(scenario);
  const what = isLatency ? `${figure} of latency` : 'samples per second';
  const content = [
    xAxis(x.scale, ticksOf(x, isLatency ? durationTick : countTick), PLOT, `${what}, faster to the right`),
    yAxis(y, linearTicks(y, 5, percentTick), PLOT, 'accuracy'),
    frontLine(best, x.scale, y),
    [...others, ...best].map((point) => mark(point, front.has(point.result), x.scale, y)),
    numbers(best, points.length > MAX_NUMBERS ? [] : others, x.scale, y),
  ];
  const title = `${scenario}: ${what} against accuracy`;
  const bestText = `On the best front: ${best.map(({ number, name }) => `${number} ${name}`).join('; ')}.`;
  return {
    id,
    drawings: [{ id: `${id}-svg`, title, description: bestText, height: HEIGHT, content }],
    caption: [`${bestText} No system is right of the line or above it. ${pairText(points)}`, notDrawn],
    data: {
      caption: title,
      head: ['Number', 'System', what, 'Accuracy', 'Best front'],
      rows: points
        .toSorted((one, other) => other.speed - one.speed)
        .map(({ number, name, value, accuracy, result }) => [
          ...[number, name, figureText(isLatency ? 'ns' : 'samples/s', value)],
          ...[figureText('correct share', accuracy), front.has(result) ? 'yes' : ''],
        ]),
    },
  };

  function isMainLatency({ name, unit }: SystemPoint['result']['figures'][number]): boolean {
    return name === mainFigureName(scenario) && unit === 'ns';
  }
}

/** Which number is which system, where that is short. */
export function frontLegend(points: readonly SystemPoint[]): Markup | undefined {
  if (points.length > MAX_NAMES) return undefined;
  const items = points.map(({ number, name }) => markup`<li data-system="${number}"><b>${number}</b> ${name}</li>`);
  return markup`<ul class="legend">${items}</ul>\n`;
}

function speedScale(values: readonly number[], range: readonly [number, number]): ValueScale {
  const [least = 1, greatest = 1] = extent(values);
  if (greatest / least >= LOGARITHMIC_FROM) {
    const margin = (greatest / least) ** MARGIN;
    return { scale: scaleLog([least / margin, greatest * margin], range), isLogarithmic: true };
  }
  const margin = MARGIN * Math.max(greatest - least, greatest / 10);
  return { scale: scaleLinear([Math.max(0, least - margin), greatest + margin], range), isLogarithmic: false };
}

function accuracyScale(shares: readonly number[]): Scale {
  const [least = 0, greatest = 1] = extent(shares);
  const missing = Math.max(0, LEAST_ACCURACY_SPAN - (greatest - least)) / 2;
  const margin = MARGIN * (greatest - least) + missing;
  return scaleLinear([Math.max(0, least - margin), Math.min(1, greatest + margin)], [PLOT.bottom, PLOT.top]);
}

/** Stairs: what lies below and to the left of them is beaten. */
function frontLine(best: readonly SystemPoint[], x: Scale, y: Scale): Markup {
  const steps = best.map(({ value, accuracy }) => `V${coordinate(y(accuracy))}H${coordinate(x(value))}`);
  const [first] = best;
  const start = first === undefined ? '' : `M${PLOT.left} ${coordinate(y(first.accuracy))}`;
  return markup`<path class="front" d="${start}${steps.join('')}V${PLOT.bottom}"/>`;
}

function mark({ number, name, value, accuracy, result }: SystemPoint, isBest: boolean, x: Scale, y: Scale): Markup {
  const unit = result.figures.find((figure) => figure.value === value)?.unit ?? 'samples/s';
  const title = `${number} ${name}: ${figureText(unit, value)}, ${figureText('correct share', accuracy)}`;
  return markup`<circle class="${isBest ? 'system best' : 'system'}" data-system="${number}" cx="${coordinate(x(value))}" cy="${coordinate(y(accuracy))}" r="${RADIUS}"><title>${title}</title></circle>`;
}

/** As large as on a narrow screen, where they are drawn larger beside the rest. */
const DIGIT_WIDTH = 12;
const NUMBER_HEIGHT = 17;
/** Between two numbers, so that nobody reads them as one. */
const NUMBER_GAP = 6;

/** Numbers beside the points, as far as there is room; the best get it first. */
function numbers(best: readonly SystemPoint[], others: readonly SystemPoint[], x: Scale, y: Scale): Markup[] {
  const points = [...best, ...others];
  const taken: { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number }[] =
    points.map(({ value, accuracy }) => box(x(value) - RADIUS, y(accuracy) - RADIUS, 2 * RADIUS, 2 * RADIUS));
  return points.flatMap(({ number, value, accuracy }) => {
    const width = DIGIT_WIDTH * String(number).length + NUMBER_GAP;
    const [left, top] = [x(value), y(accuracy)];
    const places = [
      [left + RADIUS + 1, top - RADIUS - NUMBER_HEIGHT],
      [left - RADIUS - width - 1, top - RADIUS - NUMBER_HEIGHT],
      [left + RADIUS + 1, top + RADIUS],
      [left - RADIUS - width - 1, top + RADIUS],
      [left - width / 2, top - RADIUS - NUMBER_HEIGHT - 1],
      [left - width / 2, top + RADIUS + 1],
    ] as const;
    const free = places
      .map(([atX, atY]) => box(atX, atY, width, NUMBER_HEIGHT))
      .find(
        (place) =>
          !taken.some(
            (other) =>
              place.left < other.right &&
              place.right > other.left &&
              place.top < other.bottom &&
              place.bottom > other.top,
          ),
      );
    if (free === undefined) return [];
    taken.push(free);
    return [
      markup`<text class="number" data-system="${number}" text-anchor="middle" x="${coordinate(free.left + width / 2)}" y="${coordinate(free.bottom - 3)}">${number}</text>`,
    ];
  });
}

function box(left: number, top: number, width: number, height: number) {
  return { left, top, right: left + width, bottom: top + height };
}

/** How much one pair is, so that nobody takes it for more. */
function pairText(points: readonly SystemPoint[]): string {
  const pairs = Math.min(...points.flatMap(({ result }) => result.accuracy?.pairs ?? []));
  return `One pair of ${pairs.toLocaleString('en-US')} is ${unbroken(percentTick(Number((1 / pairs).toPrecision(3))))}. `;
}
