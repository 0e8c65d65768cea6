import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { findPauses, type Gap, GapRecorder } from '../../platform/pauseDetector.js';

/** All times below are in milliseconds. */
const INTERVAL = 100;
const ORIGIN = 5000;

/** What happens, one after another, each for so long. */
type Event = readonly [
  what: 'idle' | 'blocked' | 'starved' | 'stopped' | 'asleep' | 'suspended' | 'setBack',
  ms: number,
];
type Thread = 'witness' | 'issuing';

/** In which of them a thread runs. A thread is `starved` if others have all cores. */
const RUNS: Readonly<Record<Thread, readonly Event[0][]>> = {
  witness: ['idle', 'blocked', 'setBack'],
  issuing: ['idle', 'starved', 'setBack'],
};

/** A thread on a virtual machine, millisecond by millisecond: it looks when it is due and can. */
function gapsOf(thread: Thread, events: readonly Event[], phase: number): readonly Gap[] {
  let [monotonic, wall] = [ORIGIN, 1e9];
  const reading = () => ({ monotonicNs: monotonic * 1e6, wallNs: wall * 1e6 });
  const recorder = new GapRecorder(reading());
  let due = monotonic + phase;
  for (const [what, ms] of events) {
    if (what === 'setBack') wall -= ms;
    for (let past = 0; past < (what === 'setBack' ? 1 : ms); past++) {
      // Whether the clock that tells time goes on while the machine sleeps depends on the system.
      if (what !== 'asleep') monotonic++;
      wall++;
      if (!RUNS[thread].includes(what) || monotonic < due) continue;
      recorder.look(reading());
      due = monotonic + INTERVAL;
    }
  }
  recorder.look(reading());
  return recorder.gaps;
}

function pausesAfter(events: readonly Event[], phases: readonly [number, number] = [INTERVAL, INTERVAL]) {
  const end = ['idle', 1] as const;
  const [witness, issuing] = [
    gapsOf('witness', [...events, end], phases[0]),
    gapsOf('issuing', [...events, end], phases[1]),
  ];
  return findPauses(witness, issuing).map(({ startNs, durationNs }) => [startNs / 1e6 - ORIGIN, durationNs / 1e6]);
}

const CASES: readonly [what: string, events: readonly Event[], pauses: number[][]][] = [
  ['a quiet series', [['idle', 3000]], []],
  [
    'a stopped process',
    [
      ['idle', 250],
      ['stopped', 5000],
      ['idle', 300],
    ],
    [[200, 4951]],
  ],
  [
    'a process stopped at the end',
    [
      ['idle', 200],
      ['stopped', 5000],
    ],
    [[200, 4901]],
  ],
  [
    'a process stopped for less than a second',
    [
      ['idle', 200],
      ['stopped', 999],
      ['idle', 200],
    ],
    [],
  ],
  [
    'a machine asleep, whose monotonic clock stood still',
    [
      ['idle', 250],
      ['asleep', 3_600_000],
      ['idle', 300],
    ],
    [[200, 3_600_000]],
  ],
  [
    'a machine asleep, whose monotonic clock went on',
    [
      ['idle', 200],
      ['suspended', 3_600_000],
    ],
    [[200, 3_599_901]],
  ],
  [
    'a system that holds up the issuing thread',
    [
      ['idle', 200],
      ['blocked', 4000],
      ['idle', 200],
    ],
    [],
  ],
  [
    'such a system, stopped',
    [
      ['blocked', 2000],
      ['stopped', 3000],
      ['blocked', 2000],
    ],
    [[2000, 2901]],
  ],
  [
    'a witness that was given no core',
    [
      ['idle', 200],
      ['starved', 4000],
      ['idle', 200],
    ],
    [],
  ],
  [
    'a clock set back',
    [
      ['idle', 200],
      ['setBack', 3_600_000],
      ['idle', 200],
    ],
    [],
  ],
  [
    'a clock set back while the process was stopped',
    [
      ['stopped', 1000],
      ['setBack', 9000],
      ['stopped', 1000],
    ],
    [],
  ],
  [
    'two pauses',
    [
      ['stopped', 2000],
      ['idle', 200],
      ['stopped', 3000],
    ],
    [
      [0, 1901],
      [2101, 3000],
    ],
  ],
];

for (const [what, events, pauses] of CASES) {
  test(`${what}: ${pauses.length} pauses`, () => assert.deepEqual(pausesAfter(events), pauses));
}

test('every pause of 1.2 s or more is found, no other, and its length to an interval', () => {
  const short = fc.integer({ min: 1, max: 900 });
  const long = fc.integer({ min: 1200, max: 4000 });
  const anyTime = fc.oneof(short, long);
  const active = fc.tuple(fc.constantFrom('idle', 'blocked', 'starved'), anyTime);
  const pause = fc.tuple(fc.constantFrom('stopped', 'asleep', 'suspended'), fc.oneof(short, long));
  // Between two pauses both threads have a turn.
  const turn = fc.constant(['idle', 2 * INTERVAL]);
  const round = fc.tuple(active, turn, pause, turn) as fc.Arbitrary<readonly Event[]>;
  const phase = fc.integer({ min: 1, max: INTERVAL });
  fc.assert(
    fc.property(fc.array(round, { maxLength: 6 }), fc.tuple(phase, phase), (rounds, phases) => {
      const lengths = rounds
        .flat()
        .flatMap(([what, ms]) => (what in { idle: 1, blocked: 1, starved: 1 } || ms < 1200 ? [] : [ms]));
      const found = pausesAfter(rounds.flat(), phases).map(([, duration = 0]) => duration);
      assert.equal(found.length, lengths.length);
      for (const [index, length] of lengths.entries()) {
        const error = (found[index] ?? 0) - length;
        assert.ok(error >= -INTERVAL && error <= INTERVAL, `${found[index]} for ${length}`);
      }
    }),
    { numRuns: 300 },
  );
});
