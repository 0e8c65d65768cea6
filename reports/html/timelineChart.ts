import { scaleLinear } from 'd3-scale';
import { area, curveStepAfter, line } from 'd3-shape';
import { formatDurationNs } from '../humanUnits.js';
import {
  CHART_WIDTH,
  coordinate,
  countTick,
  durationTick,
  latencyAxis,
  latencyScale,
  linearTicks,
  xAxis,
} from './axes.js';
import type { Chart } from './chartFigure.js';
import type { LatencyTimeline, TimelineSlice } from './data/latencyTimeline.js';
import { type Markup, markup } from './markup.js';
import { colourClass, runNumber } from './runMarks.js';

export interface RunTimeline {
  readonly run: number;
  readonly title: string;
  readonly timeline: LatencyTimeline;
  /** What the logs say of garbage collections. */
  readonly collections: string;
  /** Times in which nothing ran, from the run's start. */
  readonly pauses: readonly { readonly startMs: number; readonly durationMs: number }[];
}

const LEFT = 78;
const RIGHT = CHART_WIDTH - 14;
const PLOT = { left: LEFT, right: RIGHT, top: 50, bottom: 180 };
const HEIGHT = 226;

/** Latency over the course of each run: one drawing per run, all with the same latency axis. */
export function timelineChart(id: string, scenario: string, timelines: readonly RunTimeline[]): Chart {
  const y = latencyScale(valuesOf(timelines), [PLOT.bottom, PLOT.top]);
  const byTime = timelines.filter(({ timeline }) => timeline.by === 'time');
  const time = scaleLinear([0, Math.max(1, ...byTime.map(({ timeline }) => timeline.length))], [LEFT, RIGHT]);
  const drawings = timelines.map((one) => {
    const isByTime = one.timeline.by === 'time';
    const x = isByTime ? time : scaleLinear([0, one.timeline.length], [LEFT, RIGHT]);
    const ticks = linearTicks(x, 8, isByTime ? durationTick : countTick);
    const content = [
      markup`<text class="panel" x="4" y="20">${one.title}</text>`,
      xAxis(x, ticks, PLOT, isByTime ? BY_TIME : BY_QUERY),
      latencyAxis(y, PLOT),
      isByTime ? pauseMarks(one, x) : markup``,
      slices(one, x, (ns) => y.scale(Math.max(1, ns))),
    ];
    const title = `${scenario}: latency over time of ${one.title}`;
    return { id: `${id}-svg-${one.run}`, title, description: description(one), height: HEIGHT, content };
  });
  return {
    id,
    drawings,
    caption: [
      'Line: the median of what was due at that time, held where nothing was; band: from the fastest to the slowest. ',
      timelines.some(({ timeline }) => timeline.columns.some(isLate))
        ? 'Dashed line: how late a query was issued, the latest. '
        : '',
      timelines.some(({ timeline }) => timeline.columns.some((slice) => (slice?.collectionCount ?? 0) > 0))
        ? 'Triangles below the axis: garbage collections of the issuing thread. '
        : '',
      byTime.some(({ pauses }) => pauses.length > 0)
        ? 'Shaded: nothing ran, since the machine slept or the process was stopped. '
        : '',
      timelines.map(({ run, collections }) => `Run ${runNumber(run)}: ${collections} `),
    ],
    data: windowTable(scenario, timelines),
  };
}

const BY_TIME = 'time since the first query was due';
const BY_QUERY = 'queries, in the order of issue (there is no trace to say when)';

function* valuesOf(timelines: readonly RunTimeline[]): Generator<number> {
  for (const slice of timelines.flatMap(({ timeline }) => timeline.columns)) {
    if (slice === undefined) continue;
    yield slice.minNs;
    yield slice.maxNs;
  }
}

function pauseMarks({ pauses }: RunTimeline, toX: (at: number) => number): Markup {
  const marks = pauses.map(({ startMs, durationMs }) => {
    const [from, to] = [startMs, startMs + durationMs].map((ms) => coordinate(Math.min(RIGHT, toX(ms * 1e6))));
    return markup`<path class="pause" d="M${from} ${PLOT.top}H${to}V${PLOT.bottom}H${from}z"/>`;
  });
  return markup`${marks}`;
}

type Placed = TimelineSlice & { readonly x: number };

function slices({ run, timeline }: RunTimeline, toX: (at: number) => number, toY: (ns: number) => number): Markup {
  const each = timeline.length / timeline.columns.length;
  const placed = timeline.columns.flatMap((slice, index): Placed[] =>
    slice === undefined ? [] : [{ ...slice, x: toX(index * each) }],
  );
  const filled = placed.filter(({ queryCount }) => queryCount > 0);
  // Each slice is drawn up to the start of the next, so the last one needs an end.
  const withQueries = [...filled, ...filled.slice(-1).map((last) => ({ ...last, x: toX(timeline.length) }))];
  const xOf = ({ x }: Placed) => x;
  const steps = (yOf: (slice: Placed) => number) =>
    line<Placed>(xOf, yOf).curve(curveStepAfter).digits(1)(withQueries) ?? '';
  const band = area<Placed>(
    xOf,
    ({ minNs }) => toY(minNs),
    ({ maxNs }) => toY(maxNs),
  );
  const delays = steps(({ maxIssueDelayNs }) => Math.min(PLOT.bottom, toY(maxIssueDelayNs)));
  const collections = placed.filter(({ collectionCount }) => collectionCount > 0);
  const marks = collections.map(({ x }) => `M${coordinate(x)} ${PLOT.bottom + 2}l2.5 5h-5z`).join('');
  const paths: readonly (readonly [style: string, path: string])[] = [
    [`band ${colourClass(run)}`, band.curve(curveStepAfter).digits(1)(withQueries) ?? ''],
    [`line ${colourClass(run)}`, steps(({ medianNs }) => toY(medianNs))],
    ...(withQueries.some(isLate) ? [['late', delays] as const] : []),
    ...(marks === '' ? [] : [['collection', marks] as const]),
  ];
  return markup`${paths.map(([style, path]) => markup`<path class="${style}" d="${path}"/>`)}`;
}

function isLate(slice: TimelineSlice | undefined): boolean {
  return slice !== undefined && slice.maxIssueDelayNs > 0;
}

function windowTable(scenario: string, timelines: readonly RunTimeline[]): Chart['data'] {
  const rows = timelines.flatMap(({ run, timeline }) => {
    const each = timeline.length / timeline.windows.length;
    return timeline.windows.flatMap((slice, index) => {
      if (slice === undefined) return [];
      const from = timeline.by === 'time' ? formatDurationNs(index * each) : `query ${Math.ceil(index * each)}`;
      const { queryCount, minNs, medianNs, maxNs, maxIssueDelayNs, collectionCount, longestCollectionNs } = slice;
      return [
        [
          ...[runNumber(run), from, queryCount.toLocaleString('en-US')],
          ...[minNs, medianNs, maxNs, maxIssueDelayNs].map(formatDurationNs),
          ...[String(collectionCount), collectionCount === 0 ? '' : formatDurationNs(longestCollectionNs)],
        ],
      ];
    });
  });
  return {
    caption: `${scenario}: latency over time, in twentieths of each run`,
    head: ['Run', 'From', 'Queries', 'Least', 'Median', 'Greatest', 'Latest issue', 'Collections', 'Longest'],
    rows,
  };
}

function description({ timeline, collections }: RunTimeline): string {
  const medians = timeline.windows.flatMap((slice) =>
    slice !== undefined && slice.queryCount > 0 ? [slice.medianNs] : [],
  );
  const [least, greatest] = [Math.min(...medians), Math.max(...medians)].map(formatDurationNs);
  return `The median of each twentieth lies between ${least} and ${greatest}. ${collections}`;
}
