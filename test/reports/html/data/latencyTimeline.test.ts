import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  latencyTimeline,
  type TimedLatencies,
  type TimelineSlice,
} from '../../../../reports/html/data/latencyTimeline.js';

const timed = fc
  .array(fc.record({ gapNs: fc.integer({ min: 0, max: 1e6 }), latencyNs: fc.integer({ min: 0, max: 1e7 }) }), {
    minLength: 1,
    maxLength: 400,
  })
  .map((queries): TimedLatencies => {
    let dueNs = 0;
    const due = queries.map(({ gapNs }, query) => {
      dueNs += query === 0 ? 0 : gapNs;
      return dueNs;
    });
    const latenciesNs = Float64Array.from(queries, ({ latencyNs }) => latencyNs);
    return {
      latenciesNs,
      dueNs: Float64Array.from(due),
      issueDelayNs: latenciesNs.map((ns) => ns / 2),
      collections: [],
    };
  });

/** The straightforward definition. */
function naiveSlice(
  { latenciesNs, dueNs }: TimedLatencies,
  from: number,
  to: number,
): Partial<TimelineSlice> | undefined {
  const inside = [...latenciesNs].filter((_, query) => {
    const position = dueNs?.[query] ?? query;
    return position >= from && position < to;
  });
  if (inside.length === 0) return undefined;
  const sorted = inside.toSorted((one, other) => one - other);
  const maxNs = Math.max(...inside);
  return { queryCount: inside.length, minNs: Math.min(...inside), medianNs: sorted[inside.length >> 1] ?? 0, maxNs };
}

for (const [what, change] of [
  ['time', (one: TimedLatencies) => one],
  ['query', (one: TimedLatencies) => ({ ...one, dueNs: undefined, issueDelayNs: undefined })],
] as const) {
  test(`slices by ${what} hold each query once, with its extremes and the median`, () =>
    fc.assert(
      fc.property(timed.map(change), (one) => {
        const { by, length, columns, windows } = latencyTimeline(one);
        assert.equal(by, what);
        for (const slices of [columns, windows]) {
          const counted = slices.reduce((sum, slice) => sum + (slice?.queryCount ?? 0), 0);
          assert.equal(counted, one.latenciesNs.length);
          for (const [index, slice] of slices.entries()) {
            const at = (place: number) => (length * place) / slices.length;
            const expected = naiveSlice(one, at(index), at(index + 1));
            if (slice === undefined || expected === undefined) assert.equal(slice, expected);
            else assert.deepEqual({ ...slice, ...expected }, slice);
          }
        }
      }),
    ));
}

test('a collection is marked in the slice in which it began, also where no query was due', () => {
  const { columns, length } = latencyTimeline({
    latenciesNs: Float64Array.of(10, 10),
    dueNs: Float64Array.of(0, 1_000_000),
    issueDelayNs: undefined,
    collections: [
      { startNs: 500_000, durationNs: 7 },
      { startNs: 500_001, durationNs: 9 },
      { startNs: -5, durationNs: 1 },
    ],
  });
  const marked = columns.flatMap((slice, index) =>
    slice !== undefined && slice.collectionCount > 0 ? [{ slice, index }] : [],
  );
  assert.deepEqual(
    marked.map(({ slice, index }) => [index, slice.queryCount, slice.collectionCount, slice.longestCollectionNs]),
    [[Math.floor((500_000 / length) * columns.length), 0, 2, 9]],
  );
});
