import { ENDED_EARLY } from '../../reports/figures/invalidReasons.js';
import type { MeasuredTest } from '../../reports/figures/measureRun.js';

/** Faster than this is no network: the minimum duration would take more queries than can be held in memory. */
const MIN_PAIR_NS = 100_000;

/**
 * What to do about performance tests that were too short because the system is faster than the settings expect: the
 * lines for a `user.conf`, from what was measured. Empty if there was none:
 * what ended early would do so again.
 */
export function adviceText(tests: readonly MeasuredTest[]): string {
  const lines = tests.flatMap((test) => settingLine(test) ?? []);
  if (lines.length === 0) return '';
  return ['For a VALID run, put into a file and give it with --user-conf:', ...lines].join('\n  ');
}

function settingLine({ test, figures }: MeasuredTest): string | undefined {
  if (!test.invalidReasons.some((reason) => /minimum duration/i.test(reason))) return undefined;
  if (test.invalidReasons.some((reason) => reason.startsWith(ENDED_EARLY))) return undefined;
  const figure = (name: string) => figures.find((one) => one.name === name)?.value ?? Number.NaN;
  switch (test.scenario) {
    case 'SingleStream':
    case 'MultiStream': {
      const p50 = figure('p50');
      return p50 >= MIN_PAIR_NS ? `*.${test.scenario}.target_latency = ${rounded(p50 / 1e6)}` : undefined;
    }
    case 'Offline': {
      const pairsPerSecond = figure('per second');
      return pairsPerSecond <= 1e9 / MIN_PAIR_NS ? `*.Offline.target_qps = ${rounded(pairsPerSecond)}` : undefined;
    }
    default:
      // Server's schedule is as long as it should be; what it needs to be VALID is a rate that the system can bear.
      return undefined;
  }
}

function rounded(value: number): number {
  return Number(value.toPrecision(4));
}
