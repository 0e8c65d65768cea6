import { LEAST_QUERIES } from '../../loadgen/settings/shortTest.js';
import type { TestMode, TestScenario, TestSettings } from '../../loadgen/settings/testSettings.js';
import type { Manifest } from './manifest.js';
import { fromPlainSettings } from './plainSettings.js';

/** The scenarios that a page offers: a query of MultiStream's eight pairs takes a phone too long. */
export const PAGE_SCENARIOS = ['SingleStream', 'Offline', 'Server'] as const satisfies readonly TestScenario[];
export type PageScenario = (typeof PAGE_SCENARIOS)[number];

/** How much is measured: speed alone for some ten seconds; accuracy as well; for as long as the settings say. */
export const LENGTHS = ['short', 'minute', 'full'] as const;
export type Length = (typeof LENGTHS)[number];

const DURATION_MS = { short: 10_000, minute: 60_000 } as const;
/** Of a short test: with all that a device loads and checks before, its result is there within a minute. */
const SHORT_BUDGET_MS = 40_000;

export interface PlannedTest {
  readonly scenario: PageScenario;
  readonly mode: Extract<TestMode, 'AccuracyOnly' | 'PerformanceOnly'>;
  readonly settings: TestSettings;
  /** A slow device makes as few queries of SingleStream as this time has room for. */
  readonly budgetMs?: number;
}

/** The tests of a run, each scenario's accuracy before its performance. */
export function planTests({ settings }: Manifest, scenarios: readonly PageScenario[], length: Length): PlannedTest[] {
  const modes: readonly PlannedTest['mode'][] =
    length === 'short' ? ['PerformanceOnly'] : ['AccuracyOnly', 'PerformanceOnly'];
  return scenarios.flatMap((scenario) =>
    modes.flatMap((mode) => {
      const plain = settings[scenario]?.[mode];
      return plain === undefined
        ? []
        : [
            {
              ...{ scenario, mode, settings: lasting(fromPlainSettings(plain), scenario, length) },
              ...(length === 'short' && scenario === 'SingleStream' ? { budgetMs: SHORT_BUDGET_MS } : {}),
            },
          ];
    }),
  );
}

function lasting(settings: TestSettings, scenario: PageScenario, length: Length): TestSettings {
  if (length === 'full') return settings;
  return { ...settings, minDurationMs: DURATION_MS[length], minQueryCount: LEAST_QUERIES[scenario] };
}
