import { LoadGenError } from '../../base/errors.js';
import { SCENARIOS } from '../../loadgen/scenarios/index.js';
import type { PlannedTest } from '../benchmark/planTests.js';
import { placementFor, type SystemChoice } from '../benchmark/systemChoice.js';
import { tuneSystem } from '../supervision/supervisedSystems.js';
import type { TunedScenario } from '../tune/tuneScenario.js';

/** Above the lines that were measured, below those that a user.conf had before. */
export const MEASURED_RATES = '# What the system did in a few seconds; the queries of a whole run are counted by it.';

/** Each scenario's placement is measured twice: at first, and for longer. */
const SECONDS = { first: 3, finals: 7 };

export interface ExpectedRatesOptions {
  readonly system: SystemChoice;
  /** The performance tests of which no rate is known; their settings say where the system is placed. */
  readonly tests: readonly (PlannedTest & { readonly scenario: TunedScenario })[];
  readonly signal: AbortSignal;
  readonly onProgress: (share: number) => void;
}

/**
 * The lines of a user.conf that say what the system is expected to do, measured on noise. Throws `SUBMIT_RATE` for a
 * system that cannot be measured so, and what `createSystemUnderTest` throws.
 */
export async function measuredRatesText({ system, tests, signal, onProgress }: ExpectedRatesOptions): Promise<string> {
  const lines = [MEASURED_RATES];
  for (const [index, { scenario, settings }] of tests.entries()) {
    const [measured] = await tuneSystem({
      system,
      scenario,
      candidates: [placementFor(settings, system)],
      seconds: SECONDS,
      signal,
      onProgress: (share) => onProgress((index + share) / tests.length),
    });
    if (measured === undefined) throw rateError(scenario);
    const { key, value } = SCENARIOS[scenario].expectation(measured.pairNs);
    lines.push(`${system.network.name}.${scenario}.${key} = ${value}`);
  }
  return lines.join('\n');
}

function rateError(scenario: TunedScenario): LoadGenError {
  return new LoadGenError(
    'SUBMIT_RATE',
    `${scenario}: how fast the system is was not measured, since it does not say how many threads it computes on`,
    {
      hint: 'Say it in a file, with *.SingleStream.target_latency (in ms) and *.Offline.target_qps, and give that with --user-conf.',
    },
  );
}
