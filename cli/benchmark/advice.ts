import { TEST_SCENARIOS } from '../../loadgen/index.js';
import { SCENARIOS } from '../../loadgen/scenarios/index.js';
import { MIN_QUERY_NS } from '../../loadgen/series/prepareSystem.js';
import { ENDED_EARLY } from '../../reports/figures/invalidReasons.js';
import type { MeasuredTest } from '../../reports/figures/measureTest.js';

/**
 * What to do about performance tests that were too short because the system is faster than the settings expect: the
 * lines for a `user.conf`, from what was measured. Empty if there was none: what ended early would do so again.
 */
export function adviceText(tests: readonly MeasuredTest[]): string {
  const lines = tests.flatMap((test) => settingLine(test) ?? []);
  if (lines.length === 0) return '';
  return ['For a VALID run, put into a file and give it with --user-conf:', ...lines].join('\n  ');
}

function settingLine({ test, figures }: MeasuredTest): string | undefined {
  if (!test.invalidReasons.some((reason) => /minimum duration/i.test(reason))) return undefined;
  if (test.invalidReasons.some((reason) => reason.startsWith(ENDED_EARLY))) return undefined;
  const scenario = TEST_SCENARIOS.find((name) => name === test.scenario);
  if (scenario === undefined) return undefined;
  const figure = (name: string) => figures.find((one) => one.name === name)?.value ?? Number.NaN;
  const measuredNs = {
    SingleStream: figure('p50'),
    MultiStream: figure('p50'),
    // Server's schedule is as long as it should be; what it needs to be VALID is a rate that the system can bear.
    Server: Number.NaN,
    Offline: 1e9 / figure('per second'),
  }[scenario];
  if (!(measuredNs >= MIN_QUERY_NS)) return undefined;
  const { key, value } = SCENARIOS[scenario].expectation(measuredNs);
  return `*.${scenario}.${key} = ${value}`;
}
