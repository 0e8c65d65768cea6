import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import { formatDurationNs } from '../humanUnits.js';
import { CHART_WIDTH, latencyAxis, latencyScale, percentTick, xAxis } from './axes.js';
import type { Chart } from './chartFigure.js';
import { type LatencySpectrum, TABLE_SHARES } from './data/latencySpectrum.js';
import { endLabels, runLine, runNumber } from './runMarks.js';

export interface RunSpectrum {
  readonly run: number;
  readonly queryCount: number;
  readonly spectrum: LatencySpectrum;
}

const PLOT = { left: 78, right: CHART_WIDTH - 34, top: 34, bottom: 330 };
const HEIGHT = 376;

/** Percentiles on an axis of nines, as HdrHistogram's plotter draws them, so that the slowest queries have room. */
export function spectrumChart(id: string, scenario: string, spectra: readonly RunSpectrum[]): Chart {
  const points = spectra.flatMap(({ spectrum }) => spectrum.points);
  const mostNines = Math.max(1, ...points.map(({ nines }) => nines));
  const x = scaleLinear([0, mostNines], [PLOT.left, PLOT.right]);
  const y = latencyScale(
    points.map(({ latencyNs }) => latencyNs),
    [PLOT.bottom, PLOT.top],
  );
  const toY = (ns: number) => y.scale(Math.max(1, ns));
  const draw = line<LatencySpectrum['points'][number]>(
    ({ nines }) => x(nines),
    ({ latencyNs }) => toY(latencyNs),
  ).digits(1);
  const ends = spectra.flatMap(({ run, spectrum }) => {
    const last = spectrum.points.at(-1);
    return last === undefined ? [] : [{ run, x: x(last.nines), y: toY(last.latencyNs) }];
  });
  const axes = [xAxis(x, nineTicks(mostNines), PLOT, 'share of queries that took no longer'), latencyAxis(y, PLOT)];
  const lines = spectra.map(({ run, spectrum }) => runLine(run, draw(spectrum.points)));
  const title = `${scenario}: percentile spectrum of latency`;
  const content = [axes, lines, endLabels(ends, PLOT.top, PLOT.bottom)];
  return {
    id,
    drawings: [{ id: `${id}-svg`, title, description: description(spectra), height: HEIGHT, content }],
    caption:
      'To the right lie the slowest queries, each step of the axis a tenth of the rest; each line ends at its slowest ' +
      'one. Percentiles are of an HDR histogram of three digits; the figures above are exact.',
    data: {
      caption: `${scenario}: latency by percentile`,
      head: ['Run', 'Queries', ...TABLE_SHARES.map(shareName)],
      rows: spectra.map(({ run, queryCount, spectrum }) => [
        runNumber(run),
        queryCount.toLocaleString('en-US'),
        ...spectrum.table.map((ns) => (ns === undefined ? 'too few' : formatDurationNs(ns))),
      ]),
    },
  };
}

function nineTicks(mostNines: number) {
  const shares = [0, 0.5, 0.75, 0.9, 0.99, 0.999, 0.9999, 0.99999, 0.999999, 0.9999999];
  return shares
    .map((share) => ({ value: -Math.log10(1 - share), label: percentTick(share) }))
    .filter(({ value }) => value <= mostNines + 1e-9);
}

function shareName(share: number): string {
  if (share === 0) return 'Least';
  return share === 1 ? 'Greatest' : `p${Number((100 * share).toPrecision(9))}`;
}

function description(spectra: readonly RunSpectrum[]): string {
  const within = [
    [0.5, 'half of the queries'],
    [0.99, '99 %'],
    [1, 'all'],
  ] as const;
  const sentences = spectra.map(({ run, spectrum: { table } }) => {
    const parts = within.flatMap(([share, name]) => {
      const ns = table[TABLE_SHARES.indexOf(share)];
      return ns === undefined ? [] : [`${name} within ${formatDurationNs(ns)}`];
    });
    return `Run ${runNumber(run)}: ${parts.join(', ')}.`;
  });
  return sentences.join(' ');
}
