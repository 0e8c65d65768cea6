import type { DuelJson, DuelPhase } from '../../../runs/duelJson.js';

/** A duel of as many contestants as the rounds have latencies. */
export function aDuel(phases: readonly DuelPhase[], faults: readonly (string | null)[] = [null, null]): DuelJson {
  return {
    version: 1,
    network: 'sphereface20',
    startedAt: '2026-01-31T12:30:59Z',
    seed: 1,
    precision: 0.02,
    timeLimitMs: 120_000,
    scenarios: ['SingleStream', 'Offline'],
    system: { processor: 'a processor', logicalProcessors: 2 },
    dataset: { name: 'faces', sha256: '0'.repeat(64), pairs: 60 },
    contestants: faults.map((fault, index) => ({
      name: `system-${index + 1}`,
      folder: `${index + 1}-system`,
      configuration: { precision: 'fp32' },
      accuracy: { correct: 55, pairs: 60 },
      fault,
    })),
    phases: [...phases],
  };
}

/** Rounds of which each contestant's latencies are its own times a factor that every round draws anew, within 1 %. */
export function aPhase(
  scenario: DuelPhase['scenario'],
  latenciesNs: readonly number[],
  { rounds = 40, samplesPerRound = 3 } = {},
): DuelPhase {
  const queries = scenario === 'Offline' ? 1 : samplesPerRound;
  const noise = (round: number, contestant: number) => 1 + 0.01 * Math.sin(round * round + 78.233 * contestant);
  return {
    scenario,
    end: 'precision',
    durationMs: 10_000,
    samplesPerRound,
    rounds: Array.from({ length: rounds }, (_, round) => ({
      order: latenciesNs.map((_, contestant) => contestant),
      latenciesNs: latenciesNs.map((ns, contestant) =>
        Array.from({ length: queries }, () => ns * noise(round, contestant)),
      ),
    })),
  };
}
