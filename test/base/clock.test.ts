import assert from 'node:assert/strict';
import { test } from 'node:test';
import { limitSilence } from '../../base/clock.js';
import { VirtualClock } from '../virtualClock.js';

/** While the thread cannot run, time goes on and no timer has its turn. */
class StoppableClock extends VirtualClock {
  #stoppedNs = 0;

  override nowNs(): number {
    return super.nowNs() + this.#stoppedNs;
  }

  stopFor(seconds: number): void {
    this.#stoppedNs += seconds * 1e9;
  }
}

type Step = 'hear' | readonly ['run' | 'stop', seconds: number];

/** How many seconds after the start the silence was noticed, if it was. */
function silentAfter(limitSeconds: number, steps: readonly Step[]): number | undefined {
  const clock = new StoppableClock();
  let heardNs = clock.nowNs();
  let silentNs: number | undefined;
  limitSilence({
    clock,
    limitMs: limitSeconds * 1000,
    lastHeardNs: () => heardNs,
    onSilent: () => {
      silentNs = clock.nowNs();
    },
  });
  for (const step of steps) {
    if (step === 'hear') heardNs = clock.nowNs();
    else if (step[0] === 'run') clock.advanceBy(step[1] * 1e9);
    else clock.stopFor(step[1]);
  }
  return silentNs === undefined ? undefined : silentNs / 1e9;
}

const CASES: readonly [what: string, limit: number, steps: readonly Step[], silentAfter: number | undefined][] = [
  ['nothing is heard', 10, [['run', 20]], 10],
  ['nothing is heard, with a limit that is no whole number of seconds', 2.5, [['run', 20]], 2.5],
  ['a limit below a second', 0.2, [['run', 20]], 0.2],
  ['something is heard now and then', 10, [['run', 9], 'hear', ['run', 9], 'hear', ['run', 9]], undefined],
  ['something is heard once', 10, [['run', 6.3], 'hear', ['run', 20]], 16.3],
  [
    'this process is stopped',
    10,
    [
      ['run', 5],
      ['stop', 100],
      ['run', 4.5],
    ],
    undefined,
  ],
  [
    'this process is stopped, and then nothing is heard',
    10,
    [
      ['run', 5],
      ['stop', 100],
      ['run', 20],
    ],
    110,
  ],
  [
    'this process is stopped twice',
    10,
    [
      ['run', 3.5],
      ['stop', 100],
      ['run', 3],
      ['stop', 50],
      ['run', 20],
    ],
    160,
  ],
  [
    'what was said meanwhile is heard late',
    10,
    [['run', 9.5], ['stop', 100], ['run', 0.6], 'hear', ['run', 8]],
    undefined,
  ],
];

for (const [what, limit, steps, expected] of CASES) {
  test(`${what}: ${expected === undefined ? 'no silence' : `silent after ${expected} s`}`, () => {
    const found = silentAfter(limit, steps);
    assert.equal(found?.toFixed(3), expected?.toFixed(3));
  });
}

test('after it is cancelled nothing comes', () => {
  const clock = new VirtualClock();
  const cancel = limitSilence({ clock, limitMs: 100, lastHeardNs: () => 0, onSilent: () => assert.fail('silent') });
  cancel();
  clock.advanceBy(1e12);
});
