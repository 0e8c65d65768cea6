import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LoadGenError } from '../../../base/errors.js';
import { conductPhase, type PhaseOptions } from '../../../cli/duel/conductPhase.js';
import type { RoundRequest } from '../../../cli/duel/rounds.js';
import { MersenneTwister } from '../../../loadgen/random/mersenneTwister.js';
import { LEAST_OBSERVATIONS } from '../../../reports/duel/ratioInterval.js';
import { VirtualClock } from '../../virtualClock.js';

interface Asked extends RoundRequest {
  readonly contestant: number;
}

/** Contestants that take so long for a pair, on a clock of their own; those of `failing` fail when asked for the nth time. */
function makePhase(pairNs: readonly number[], failing: Readonly<Record<number, number>> = {}) {
  const clock = new VirtualClock();
  const asked: Asked[] = [];
  const closed: number[] = [];
  const faults: string[] = [];
  const controller = new AbortController();
  const racers = pairNs.map((ns, contestant) => ({
    async measure(request: RoundRequest) {
      asked.push({ ...request, contestant });
      if (asked.filter((each) => each.contestant === contestant).length === failing[contestant])
        throw new LoadGenError('SUT_FAILED', 'no power');
      clock.advanceTo(clock.nowNs() + ns * request.samples);
      return { latenciesNs: Array.from({ length: request.samples }, () => ns) };
    },
    async close() {
      closed.push(contestant);
    },
  }));
  const options: PhaseOptions = {
    scenario: 'SingleStream',
    racers,
    leastSamples: pairNs.map(() => 1),
    clock,
    deadlineNs: 20e9,
    random: new MersenneTwister(7),
    signal: controller.signal,
    onFault: (contestant, { message }) => faults.push(`${contestant}: ${message}`),
    onRound: () => {},
    isDecided: () => false,
  };
  return { options, asked, closed, faults, controller };
}

test('all contestants answer the same pairs in each round, in orders that change', async () => {
  const { options, asked } = makePhase([10e6, 20e6, 30e6]);
  const phase = await conductPhase(options);
  assert.equal(phase?.end, 'time');
  // Turns of 100 ms on average.
  assert.equal(phase.samplesPerRound, 5);
  const rounds = asked.slice(3);
  for (let first = 0; first < rounds.length; first += 3) {
    const round = rounds.slice(first, first + 3);
    assert.deepEqual(new Set(round.map(({ contestant }) => contestant)), new Set([0, 1, 2]));
    assert.equal(new Set(round.map(({ seed, samples }) => `${seed} ${samples}`)).size, 1);
  }
  assert.equal(new Set(phase.rounds.map(({ order }) => order.join())).size, 6);
});

test('the seed decides turns and pairs', async () => {
  const [one, other] = [makePhase([10e6, 20e6]), makePhase([10e6, 20e6])];
  await Promise.all([conductPhase(one.options), conductPhase(other.options)]);
  assert.deepEqual(one.asked, other.asked);
});

test('it ends when it is decided', async () => {
  const { options } = makePhase([10e6, 20e6]);
  const phase = await conductPhase({ ...options, isDecided: ({ rounds }) => rounds.length >= 10 });
  assert.equal(phase?.end, 'precision');
  assert.equal(phase.rounds.length, 10);
});

test('a contestant that fails leaves, and the others go on', async () => {
  const { options, faults, closed } = makePhase([10e6, 10e6, 10e6], { 1: 5 });
  const phase = await conductPhase(options);
  assert.equal(phase?.end, 'time');
  assert.deepEqual([faults, closed], [['1: no power'], [1]]);
  // It fails in the fourth round, after the question before the first.
  assert.ok(phase.rounds.slice(0, 3).every(({ latenciesNs }) => latenciesNs[1] !== null));
  assert.ok(phase.rounds.slice(3).every(({ latenciesNs }) => latenciesNs[1] === null));
  assert.ok(phase.rounds.slice(4).every(({ order }) => !order.includes(1)));
  assert.ok(phase.rounds.at(-1)?.latenciesNs[2]?.length);
});

test('it ends when only one is left', async () => {
  const { options } = makePhase([10e6, 10e6], { 0: 4 });
  assert.equal((await conductPhase(options))?.end, 'left');
});

test('nothing was measured if only one can be', async () => {
  const { options, faults } = makePhase([10e6, 10e6], { 0: 1 });
  assert.equal(await conductPhase(options), undefined);
  assert.deepEqual(faults, ['0: no power']);
});

test('an interruption keeps the whole rounds', async () => {
  const { options, controller } = makePhase([10e6, 10e6]);
  const phase = await conductPhase({
    ...options,
    isDecided: ({ rounds }) => {
      if (rounds.length === 6) controller.abort();
      return false;
    },
  });
  assert.equal(phase?.end, 'interrupted');
  assert.equal(phase.rounds.length, 6);
});

test('pairs that fill a turn alone are answered in several turns of a round', async () => {
  const { options, asked } = makePhase([200e6, 200e6]);
  const phase = await conductPhase(options);
  assert.equal(phase?.samplesPerRound, 3);
  for (const [at, { order, latenciesNs }] of phase.rounds.entries()) {
    const turns = asked.slice(2 + 6 * at, 8 + 6 * at);
    assert.deepEqual(
      order,
      turns.map(({ contestant }) => contestant),
    );
    assert.deepEqual(latenciesNs, [Array(3).fill(200e6), Array(3).fill(200e6)]);
    for (const turn of [0, 2, 4]) {
      assert.equal(turns[turn]?.seed, turns[turn + 1]?.seed);
      assert.notEqual(turns[turn]?.contestant, turns[turn + 1]?.contestant);
    }
  }
});

test('time that is up before the first round leaves as many rounds as a verdict needs', async () => {
  const { options } = makePhase([10e6, 10e6]);
  assert.equal((await conductPhase({ ...options, deadlineNs: 0 }))?.rounds.length, LEAST_OBSERVATIONS);
});

const OFFLINE: readonly [workers: readonly number[], pairMs: number, samples: number][] = [
  [[1, 1], 10, 10],
  [[1, 1], 1000, 4],
  [[2, 1], 1000, 8],
  [[2, 1], 10, 10],
  [[2, 3], 1000, 24],
  [[64, 1], 10, 256],
];
for (const [workers, pairMs, samples] of OFFLINE) {
  test(`Offline: ${workers.join(' and ')} workers at ${pairMs} ms a pair are asked for ${samples}`, async () => {
    const { options } = makePhase(workers.map(() => pairMs * 1e6));
    const phase = await conductPhase({ ...options, scenario: 'Offline', leastSamples: workers });
    assert.equal(phase?.samplesPerRound, samples);
    for (const each of workers) assert.equal(samples % each, 0);
  });
}
