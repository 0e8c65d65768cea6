import { max } from 'd3-array';
import { scaleLinear, scaleLog } from 'd3-scale';
import { line } from 'd3-shape';
import { formatDurationNs } from '../humanUnits.js';
import { CHART_WIDTH, durationTick, linearTicks, percentTick, ticksOf, xAxis, yAxis } from './axes.js';
import type { Chart } from './chartFigure.js';
import { commonBins, type LatencyBins } from './data/latencyBins.js';
import { markup } from './markup.js';
import { colourClass, endLabels, runLine, runNumber } from './runMarks.js';

export interface RunDistribution {
  readonly run: number;
  readonly bins: LatencyBins;
}

const PLOT = { left: 78, right: CHART_WIDTH - 14, top: 44, bottom: 280 };
const HEIGHT = 326;
const MAX_BINS = 96;
const MAX_ROWS = 24;
/** More filled areas would blend into one another. */
const MAX_FILLED = 4;

/** The share of queries by latency, in bins of equal ratio; all runs use the same bins. */
export function distributionChart(id: string, scenario: string, distributions: readonly RunDistribution[]): Chart {
  const { edgesNs, shares } = commonBins(
    distributions.map(({ bins }) => bins),
    Math.min(MAX_BINS, fillableBins(distributions)),
  );
  const x = scaleLog([edgesNs[0] ?? 1, edgesNs.at(-1) ?? 1], [PLOT.left, PLOT.right]);
  const y = scaleLinear([0, max(shares.flat()) ?? 1], [PLOT.bottom, PLOT.top]).nice(5);
  const peaks = distributions.map(({ run }, index) => {
    const ofRun = shares[index] ?? [];
    const peak = ofRun.indexOf(max(ofRun) ?? 0);
    return { run, x: x(edgesNs[peak] ?? 1) - 5, y: y(ofRun[peak] ?? 0) - 10 };
  });
  const outlines = distributions.map(({ run }, index) => {
    const steps = line().digits(1)(
      outline(
        edgesNs.map((ns) => x(ns)),
        (shares[index] ?? []).map((share) => y(share)),
      ),
    );
    const isFilled = distributions.length <= MAX_FILLED;
    return [isFilled ? markup`<path class="band ${colourClass(run)}" d="${steps ?? ''}"/>` : '', runLine(run, steps)];
  });
  const axes = [
    xAxis(x, ticksOf({ scale: x, isLogarithmic: true }, durationTick), PLOT, 'latency, logarithmic'),
    yAxis(y, linearTicks(y, 5, percentTick), PLOT, 'share of queries in each bin'),
  ];
  const drawing = {
    id: `${id}-svg`,
    title: `${scenario}: distribution of latency`,
    description: description(distributions, edgesNs, shares),
    height: HEIGHT,
    content: [axes, outlines, endLabels(peaks, 12, PLOT.bottom)],
  };
  return {
    id,
    drawings: [drawing],
    caption: `${edgesNs.length - 1} bins, each reaching ${binWidth(edgesNs)} higher than it begins. A run's number stands at its highest bin.`,
    data: binTable(scenario, distributions),
  };
}

/** As many bins as the queries of a run can fill, by the Rice rule: twice the cube root of their count. */
function fillableBins(distributions: readonly RunDistribution[]): number {
  const counts = distributions.map(({ bins }) => [...bins.values()].reduce((sum, queries) => sum + queries, 0));
  return Math.max(1, Math.ceil(2 * Math.cbrt(Math.max(...counts))));
}

function outline(edges: readonly number[], heights: readonly number[]): [number, number][] {
  const steps = heights.flatMap((height, bin): [number, number][] => [
    [edges[bin] ?? 0, height],
    [edges[bin + 1] ?? 0, height],
  ]);
  return [[edges[0] ?? 0, PLOT.bottom], ...steps, [edges.at(-1) ?? 0, PLOT.bottom]];
}

function binWidth(edgesNs: readonly number[]): string {
  return `${(((edgesNs[1] ?? 1) / (edgesNs[0] ?? 1) - 1) * 100).toPrecision(2)} %`;
}

function binTable(scenario: string, distributions: readonly RunDistribution[]): Chart['data'] {
  const { edgesNs, shares } = commonBins(
    distributions.map(({ bins }) => bins),
    Math.min(MAX_ROWS, fillableBins(distributions)),
  );
  return {
    caption: `${scenario}: distribution of latency, in wider bins`,
    head: ['Latency', ...distributions.map(({ run }) => `Run ${runNumber(run)}`)],
    rows: edgesNs
      .slice(0, -1)
      .map((from, bin) => [
        `${formatDurationNs(from)} to ${formatDurationNs(edgesNs[bin + 1] ?? from)}`,
        ...shares.map((ofRun) => `${(100 * (ofRun[bin] ?? 0)).toFixed(2)} %`),
      ]),
  };
}

function description(
  distributions: readonly RunDistribution[],
  edgesNs: readonly number[],
  shares: readonly (readonly number[])[],
): string {
  const sentences = distributions.map(({ run }, index) => {
    const ofRun = shares[index] ?? [];
    const peak = ofRun.indexOf(max(ofRun) ?? 0);
    const [from, to] = [edgesNs[peak] ?? 1, edgesNs[peak + 1] ?? 1].map(formatDurationNs);
    return `Run ${runNumber(run)}: the fullest bin, with ${(100 * (ofRun[peak] ?? 0)).toFixed(1)} % of the queries, is from ${from} to ${to}.`;
  });
  return sentences.join(' ');
}
