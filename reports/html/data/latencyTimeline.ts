import { elementAt } from '../../../base/arrays.js';
import type { CollectionTime } from '../../../logs/trace/read.js';

/** The latencies of the queries that were due in one slice of a run. */
export interface TimelineSlice {
  readonly queryCount: number;
  readonly minNs: number;
  readonly medianNs: number;
  readonly maxNs: number;
  /** The longest time from a query's due time to its issue. */
  readonly maxIssueDelayNs: number;
  readonly collectionCount: number;
  readonly longestCollectionNs: number;
}

export interface LatencyTimeline {
  /** What the slices divide evenly: the time since the first query was due, or the queries in the order of issue. */
  readonly by: 'time' | 'query';
  /** In nanoseconds or queries, as `by` says. */
  readonly length: number;
  /** Slices for the chart; undefined where no query was due. */
  readonly columns: readonly (TimelineSlice | undefined)[];
  /** Wider slices, for the table. */
  readonly windows: readonly (TimelineSlice | undefined)[];
}

export interface TimedLatencies {
  readonly latenciesNs: Float64Array;
  /** Ascending; undefined if the logs do not say. */
  readonly dueNs: Float64Array | undefined;
  readonly issueDelayNs: Float64Array | undefined;
  readonly collections: readonly CollectionTime[];
}

const COLUMNS = 240;
const WINDOWS = 20;

/** Reduces a run's latencies to the extremes and the median of each slice, so that outliers stay visible. */
export function latencyTimeline(timed: TimedLatencies): LatencyTimeline {
  const { latenciesNs, dueNs } = timed;
  const lastDueNs = dueNs?.at(-1) ?? 0;
  const length = dueNs === undefined ? latenciesNs.length : lastDueNs + (latenciesNs.at(-1) ?? 0) + 1;
  return {
    by: dueNs === undefined ? 'query' : 'time',
    length,
    columns: slices(timed, length, COLUMNS),
    windows: slices(timed, length, WINDOWS),
  };
}

function slices(timed: TimedLatencies, length: number, count: number): (TimelineSlice | undefined)[] {
  const { latenciesNs, dueNs } = timed;
  const positionOf = (query: number) => (dueNs === undefined ? query : elementAt(dueNs, query));
  const result: (TimelineSlice | undefined)[] = [];
  let query = 0;
  for (let slice = 0; slice < count; slice++) {
    const [from, to] = [(length * slice) / count, (length * (slice + 1)) / count];
    const first = query;
    while (query < latenciesNs.length && positionOf(query) < to) query++;
    result.push(sliceOf(timed, first, query, collectionsIn(timed, from, to)));
  }
  return result;
}

function collectionsIn({ collections, dueNs }: TimedLatencies, fromNs: number, toNs: number): CollectionTime[] {
  if (dueNs === undefined) return [];
  return collections.filter(({ startNs }) => startNs >= fromNs && startNs < toNs);
}

function sliceOf(
  { latenciesNs, issueDelayNs }: TimedLatencies,
  first: number,
  end: number,
  collections: readonly CollectionTime[],
): TimelineSlice | undefined {
  if (end === first && collections.length === 0) return undefined;
  const sorted = latenciesNs.slice(first, end).sort();
  const delays = issueDelayNs?.subarray(first, end) ?? new Float64Array(0);
  return {
    queryCount: end - first,
    minNs: sorted.at(0) ?? Number.NaN,
    medianNs: sorted.at(Math.trunc(sorted.length / 2)) ?? Number.NaN,
    maxNs: sorted.at(-1) ?? Number.NaN,
    maxIssueDelayNs: delays.reduce((longest, ns) => Math.max(longest, ns), 0),
    collectionCount: collections.length,
    longestCollectionNs: collections.reduce((longest, { durationNs }) => Math.max(longest, durationNs), 0),
  };
}
