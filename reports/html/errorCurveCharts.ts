import { scaleLinear, scaleLog } from 'd3-scale';
import { line } from 'd3-shape';
import {
  CHART_WIDTH,
  coordinate,
  type Drawing,
  linearTicks,
  percentTick,
  type Scale,
  type Tick,
  ticksOf,
  xAxis,
  yAxis,
} from './axes.js';
import type { Chart } from './chartFigure.js';
import type { ErrorRates, JudgedAccuracy } from './data/accuracyCurves.js';
import { type Markup, markup } from './markup.js';
import { colourClass, type EndLabel, endLabels, runLine, runNumber } from './runMarks.js';

export interface RunAccuracy {
  readonly run: number;
  readonly judged: JudgedAccuracy;
}

interface Curve {
  readonly run: number;
  readonly points: readonly ErrorRates[];
  readonly chosen: ErrorRates;
  readonly judged: JudgedAccuracy;
}

const WIDTH = CHART_WIDTH / 2 - 10;
const PLOT = { left: 62, right: WIDTH - 26, top: 34, bottom: 376 };
const HEIGHT = 422;

/** The receiver operating characteristic: both axes linear; the closer to the upper left corner, the better. */
export function rocChart(id: string, accuracies: readonly RunAccuracy[]): Chart {
  const [x, y] = [scaleLinear([0, 1], [PLOT.left, PLOT.right]), scaleLinear([0, 1], [PLOT.bottom, PLOT.top])];
  const axes = errorAxes(x, y, linearTicks(x, 5, percentTick), 'one person recognised (true match rate)');
  const curves = curvesOf(accuracies);
  const toPoint = ({ falseMatchRate, falseNonMatchRate }: ErrorRates): [number, number] => [
    x(falseMatchRate),
    y(1 - falseNonMatchRate),
  ];
  const title = 'Receiver operating characteristic';
  const areas = curves.map((curve) => `${curveName(curve)}: area ${decimals(curve.judged.result.areaUnderCurve)}.`);
  return {
    id,
    drawings: [drawing(id, title, areas, [axes, drawCurves(curves, toPoint)])],
    caption: 'Circles: the threshold that the run decided with. Dotted: guessing.',
    data: {
      caption: title,
      head: [
        'Run',
        'Threshold',
        'True match rate',
        'False match rate',
        'Area',
        'Equal error rate',
        'Best threshold',
        'Accuracy there',
      ],
      rows: curves.map((curve) => {
        const { areaUnderCurve, equalErrorRate, bestThreshold } = curve.judged.result;
        return [
          ...[curveName(curve), decimals(curve.chosen.threshold), percent(1 - curve.chosen.falseNonMatchRate)],
          ...[percent(curve.chosen.falseMatchRate), decimals(areaUnderCurve), percent(equalErrorRate)],
          ...[decimals(bestThreshold?.threshold), percent(bestThreshold?.accuracy)],
        ];
      }),
    },
  };
}

const DET_ROWS = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5];

/** The detection error tradeoff: both axes logarithmic, to give small rates room. */
export function detChart(id: string, accuracies: readonly RunAccuracy[]): Chart {
  const curves = curvesOf(accuracies);
  const least = Math.min(...curves.map(({ judged }) => 0.5 / judged.pairs.length));
  const x = scaleLog([least, 1], [PLOT.left, PLOT.right]).clamp(true);
  const y = scaleLog([least, 1], [PLOT.bottom, PLOT.top]).clamp(true);
  // A logarithmic axis has no 0: such a rate is drawn at the edge, below what this many pairs can resolve.
  const onAxis = (scale: Scale, rate: number) => scale(Math.max(rate, least));
  const toPoint = ({ falseMatchRate, falseNonMatchRate }: ErrorRates): [number, number] => [
    onAxis(x, falseMatchRate),
    onAxis(y, falseNonMatchRate),
  ];
  const ticks = ticksOf({ scale: x, isLogarithmic: true }, percentTick);
  const axes = errorAxes(x, y, ticks, 'one person taken for two (false non-match rate)');
  const rates = curves.map(
    (curve) => `${curveName(curve)}: equal error rate ${percent(curve.judged.result.equalErrorRate)}.`,
  );
  return {
    id,
    drawings: [drawing(id, 'Detection error tradeoff', rates, [axes, drawCurves(curves, toPoint)])],
    caption:
      'Both axes logarithmic; a rate of 0 lies on the edge. Circles: the chosen threshold. Dotted: both errors alike.',
    data: {
      caption: 'Detection error tradeoff: least false non-match rate at a false match rate of at most',
      head: ['Run', ...DET_ROWS.map(percentTick)],
      rows: curves.map((curve) => [curveName(curve), ...DET_ROWS.map((rate) => percent(missesAt(curve.points, rate)))]),
    },
  };
}

function errorAxes(x: Scale, y: Scale, ticks: readonly Tick[], yTitle: string): Markup[] {
  return [
    xAxis(x, ticks, PLOT, 'two persons taken for one (false match rate)'),
    yAxis(y, ticks, PLOT, yTitle),
    markup`<path class="chance" d="M${PLOT.left} ${PLOT.bottom}L${PLOT.right} ${PLOT.top}"/>`,
  ];
}

function drawing(id: string, title: string, sentences: readonly string[], content: Drawing['content']): Drawing {
  return { id: `${id}-svg`, title, description: sentences.join(' '), height: HEIGHT, width: WIDTH, content };
}

function curvesOf(accuracies: readonly RunAccuracy[]): Curve[] {
  return accuracies.flatMap(({ run, judged }) =>
    judged.curve === undefined ? [] : [{ run, judged, ...judged.curve }],
  );
}

function curveName({ run, judged }: RunAccuracy): string {
  return `Run ${runNumber(run)}, ${judged.scenarios.join(', ')}`;
}

/** Curves are thinned to tenths of a pixel; labels stand at the chosen thresholds. */
function drawCurves(curves: readonly Curve[], toPoint: (rates: ErrorRates) => [number, number]): Markup[] {
  const lines = curves.map(({ run, points }) => runLine(run, line().digits(1)(withoutRepeats(points.map(toPoint)))));
  const marks = curves.map(({ run, chosen }): EndLabel => {
    const [x, y] = toPoint(chosen);
    return { run, x, y };
  });
  const circles = marks.map(
    ({ run, x, y }) =>
      markup`<circle class="chosen ${colourClass(run)}" cx="${coordinate(x)}" cy="${coordinate(y)}" r="5"/>`,
  );
  const labels = marks.map(({ run, x, y }) => ({ run, x: x + 4, y: y + 12 }));
  return [...lines, ...circles, ...endLabels(labels, PLOT.top, PLOT.bottom)];
}

function withoutRepeats(points: readonly [number, number][]): [number, number][] {
  const at = ([x, y]: readonly [number, number]) => `${coordinate(x)} ${coordinate(y)}`;
  return points.filter((point, index) => {
    const before = points[index - 1];
    return before === undefined || at(point) !== at(before);
  });
}

function missesAt(points: readonly ErrorRates[], falseMatchRate: number): number {
  return points
    .filter((point) => point.falseMatchRate <= falseMatchRate)
    .reduce((least, point) => Math.min(least, point.falseNonMatchRate), 1);
}

/** A curve has all figures; undefined is for the type alone. */
function decimals(value = Number.NaN): string {
  return value.toFixed(4);
}

function percent(share = Number.NaN): string {
  return Number.isNaN(share) ? 'NaN' : `${(100 * share).toFixed(2)} %`;
}
