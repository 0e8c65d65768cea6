import { scaleLinear } from 'd3-scale';
import { curveStepAfter, line } from 'd3-shape';
import { formatDurationNs, formatFigure } from '../humanUnits.js';
import { CHART_WIDTH, countTick, durationTick, linearTicks, xAxis, yAxis } from './axes.js';
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

/** Offline has a single query, so its course over time shows in how fast samples were answered. */
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
    xAxis(x, linearTicks(x, 8, durationTick), PLOT, 'time since the query was issued'),
    yAxis(y, linearTicks(y, 5, countTick), PLOT, 'samples answered per second'),
  ];
  const ends = drawn.map(({ end }) => end);
  const lines = drawn.map(({ run, path }) => runLine(run, path));
  const sentences = runs.map(({ run, answers: { samplesPerSecond } }) => {
    const [least, greatest] = [Math.min(...samplesPerSecond), Math.max(...samplesPerSecond)].map(formatFigure);
    return `Run ${runNumber(run)}: between ${least} and ${greatest} samples per second.`;
  });
  const title = `${scenario}: samples answered over time`;
  const content = [axes, lines, endLabels(ends, PLOT.top, PLOT.bottom)];
  return {
    id,
    drawings: [{ id: `${id}-svg`, title, description: sentences.join(' '), height: HEIGHT, content }],
    caption: [
      'The mean rate in each of the slices that a run is divided into. ',
      runs.map(({ run, collections }) => `Run ${runNumber(run)}: ${collections} `),
    ],
    data: {
      caption: title,
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
