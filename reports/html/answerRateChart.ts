import { scaleLinear } from 'd3-scale';
import { curveStepAfter, line } from 'd3-shape';
import { formatDurationNs, formatFigure } from '../humanUnits.js';
import { CHART_WIDTH, chartSvg, countTick, durationTick, xAxis, yAxis } from './axes.js';
import type { Chart } from './chartFigure.js';
import type { AnswerRate } from './data/answerRate.js';
import { endLabels, runLine, runNumber } from './runMarks.js';

export interface RunAnswers {
  readonly run: number;
  readonly answers: AnswerRate;
  /** What the logs say of garbage collections. */
  readonly collections: string;
}

const PLOT = { left: 78, right: CHART_WIDTH - 34, top: 34, bottom: 250 };
const HEIGHT = 296;

/** Offline has one query, so it is seen over time by how fast its samples were answered. */
export function answerRateChart(id: string, scenario: string, runs: readonly RunAnswers[]): Chart {
  const longest = Math.max(...runs.map(({ answers }) => answers.durationNs));
  const highest = Math.max(...runs.flatMap(({ answers }) => answers.samplesPerSecond));
  const x = scaleLinear([0, longest], [PLOT.left, PLOT.right]);
  const y = scaleLinear([0, highest], [PLOT.bottom, PLOT.top]).nice(5);
  const drawn = runs.map(({ run, answers: { durationNs, samplesPerSecond } }) => {
    const last = samplesPerSecond.at(-1) ?? 0;
    const steps = [...samplesPerSecond, last].map((rate, slice): [number, number] => [
      x((slice / samplesPerSecond.length) * durationNs),
      y(rate),
    ]);
    return {
      run,
      path: line().curve(curveStepAfter).digits(1)(steps),
      end: { run, x: x(durationNs), y: y(last) },
    };
  });
  const axes = [
    xAxis(
      x,
      x.ticks(8).map((value) => ({ value, label: durationTick(value) })),
      PLOT,
      'time since the query was issued',
    ),
    yAxis(
      y,
      y.ticks(5).map((value) => ({ value, label: countTick(value) })),
      PLOT,
      'samples answered per second',
    ),
  ];
  const sentences = runs.map(({ run, answers: { samplesPerSecond } }) => {
    const [least, greatest] = [Math.min(...samplesPerSecond), Math.max(...samplesPerSecond)].map(formatFigure);
    return `Run ${runNumber(run)}: between ${least} and ${greatest} samples per second.`;
  });
  const text = { id: `${id}-svg`, title: `${scenario}: samples answered over time`, description: sentences.join(' ') };
  return {
    id,
    svg: chartSvg(text, HEIGHT, [
      axes,
      drawn.map(({ run, path }) => runLine(run, path)),
      endLabels(
        drawn.map(({ end }) => end),
        PLOT.top,
        PLOT.bottom,
      ),
    ]),
    caption: [
      'The mean rate in each of the slices that a run is divided into. ',
      runs.map(({ run, collections }) => `Run ${runNumber(run)}: ${collections} `),
    ],
    data: {
      caption: `${scenario}: samples answered over time`,
      head: ['Run', 'From', 'Samples per second'],
      rows: runs.flatMap(({ run, answers: { durationNs, samplesPerSecond } }) =>
        samplesPerSecond.map((rate, slice) => [
          runNumber(run),
          formatDurationNs((slice / samplesPerSecond.length) * durationNs),
          formatFigure(rate),
        ]),
      ),
    },
  };
}
