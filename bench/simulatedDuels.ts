/**
 * How often a duel of equal systems gives a verdict, on recorded noise: `node dist/bench/simulatedDuels.js DUEL [DUELS]`.
 * DUEL is the folder of a long duel, as `loadgen duel onnxruntime onnxruntime --time 20m --precision 0.1%` leaves. Each
 * simulated duel begins at a random round of it, swaps the contestants at random in every round, and stops as a duel does.
 */

import { conductPhase, TURN_NS } from '../cli/duel/conductPhase.js';
import { MersenneTwister } from '../loadgen/random/mersenneTwister.js';
import { isPrecise, judgePhase } from '../reports/duel/judgeDuel.js';
import { type DuelJson, type DuelPhase, readDuelJson } from '../runs/duelJson.js';

const [folder = '', count = '400'] = process.argv.slice(2);
/** A stretch of the recording that is too short to become as precise as was asked ends as if the time were up. */
const MAX_ROUNDS = 200;

const recorded = await readDuelJson(folder);
const duel: DuelJson = { ...recorded, precision: 0.02, contestants: recorded.contestants.slice(0, 2), phases: [] };
const random = new MersenneTwister(1);
for (const phase of recorded.phases) {
  const ends: Record<string, number> = {};
  let falseVerdicts = 0;
  for (let simulated = 0; simulated < Number(count); simulated++) {
    const ended = await simulate(phase);
    ends[ended.end] = (ends[ended.end] ?? 0) + 1;
    if (
      judgePhase(duel, ended).some(
        ({ values: [, value] }) => value?.verdict === 'faster' || value?.verdict === 'slower',
      )
    )
      falseVerdicts++;
  }
  const share = ((100 * falseVerdicts) / Number(count)).toFixed(1);
  console.log(
    `${phase.scenario}: ${falseVerdicts} of ${count} simulated duels with a false verdict (${share} %), on ` +
      `${phase.rounds.length} recorded rounds; ends ${JSON.stringify(ends)}`,
  );
}

async function simulate({ scenario, samplesPerRound, rounds }: DuelPhase): Promise<DuelPhase> {
  const first = random.next() % Math.max(1, rounds.length - MAX_ROUNDS);
  let turns = 0;
  let isSwapped = false;
  const measure =
    (contestant: number) =>
    async ({ samples }: { readonly samples: number }) => {
      // Before the first round the contestants are asked once, to find how many pairs a round holds.
      const round = Math.floor(turns++ / 2) - 1;
      if (round < 0) return { latenciesNs: [(TURN_NS * samples) / samplesPerRound] };
      if (turns % 2 === 1) isSwapped = random.next() % 2 === 1;
      const source = isSwapped ? 1 - contestant : contestant;
      return { latenciesNs: rounds[(first + round) % rounds.length]?.latenciesNs[source] ?? [] };
    };
  const ended = await conductPhase({
    ...{ scenario, random, deadlineNs: MAX_ROUNDS, signal: new AbortController().signal },
    racers: [0, 1].map((contestant) => ({ measure: measure(contestant), close: async () => {} })),
    leastSamples: [1, 1],
    clock: { nowNs: () => Math.floor(turns / 2) },
    onFault: (_, reason) => {
      throw reason;
    },
    onRound: () => {},
    isDecided: (phase) => isPrecise(judgePhase(duel, phase)),
  });
  if (ended === undefined) throw new Error('nothing was measured');
  return ended;
}
