import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PauseDetector } from '../../../platform/node/pauses.js';

const SECOND = 1e9;
const TICK = 0.1 * SECOND;

/** Ticks on virtual time: each row is how far the clocks and the processor time go. */
type Row = readonly [monotonic: number, wall: number, processor: number];

function pausesAfter(rows: readonly Row[]) {
  const now = { monotonicNs: 5 * SECOND, wallNs: 1e18, processorNs: 0 };
  const detector = new PauseDetector({ ...now });
  for (const [monotonic, wall, processor] of rows) {
    now.monotonicNs += monotonic;
    now.wallNs += wall;
    now.processorNs += processor;
    detector.tick({ ...now });
  }
  return detector.pauses.map(({ startNs, durationNs }) => [startNs / SECOND, durationNs / SECOND]);
}

const IDLE = [TICK, TICK, 0] as const;
const BUSY = [TICK, TICK, TICK] as const;
const CONTENDED = [3 * SECOND, 3 * SECOND, 0.5 * SECOND] as const;
const MANY_THREADS = [TICK, TICK, 32 * TICK] as const;

const CASES: readonly [what: string, rows: readonly Row[], pauses: number[][]][] = [
  ['a quiet series', [IDLE, IDLE, IDLE], []],
  ['a stopped process', [IDLE, IDLE, [5 * SECOND, 5 * SECOND, 0], IDLE], [[5.2, 4.9]]],
  ['a process of many threads, stopped', [MANY_THREADS, [5 * SECOND, 5 * SECOND, 16 * TICK]], [[5.1, 4.9]]],
  ['a machine asleep, whose monotonic clock stood still', [BUSY, [TICK, 3600 * SECOND, TICK]], [[5.1, 3599.9]]],
  [
    'two pauses',
    [[2 * SECOND, 2 * SECOND, 0], BUSY, [3 * SECOND, 3 * SECOND, 0]],
    [
      [5, 1.9],
      [7.1, 2.9],
    ],
  ],
  ['a system that computes in the issuing thread', [BUSY, [4 * SECOND, 4 * SECOND, 4 * SECOND], BUSY], []],
  ['a system that waits in the issuing thread for its workers', [IDLE, [4 * SECOND, 4 * SECOND, 7 * SECOND]], []],
  ['a busy machine', [[0.9 * SECOND, 0.9 * SECOND, 0]], []],
  ['an engine in the issuing thread of a busy machine', [CONTENDED, IDLE, CONTENDED, IDLE, CONTENDED], []],
  ['such an engine, stopped', [CONTENDED, [8 * SECOND, 8 * SECOND, 0.5 * SECOND], CONTENDED], [[8, 5]]],
  ['a clock set back', [IDLE, [TICK, -3600 * SECOND, 0], IDLE], []],
];

for (const [what, rows, pauses] of CASES) {
  test(`${what}: ${pauses.length} pauses`, () => {
    const found = pausesAfter(rows).map((times) => times.map((time) => Number(time.toFixed(3))));
    assert.deepEqual(found, pauses);
  });
}
