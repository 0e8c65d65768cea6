import { disturbanceWarnings } from '../../reports/figures/disturbances.js';
import { isBrokenOff, isInvalid, type MeasuredTest } from '../../reports/figures/measureTest.js';
import type { DeviceResult, ShownTest } from '../shared/deviceResult.js';

/**
 * What pages show of a run.
 *
 * @param system what run.json says of it
 */
export function shownRun(
  folder: string,
  system: Readonly<Record<string, string | number>> | null,
  tests: readonly MeasuredTest[],
): DeviceResult {
  const {
    engine = 'unknown',
    precision = 'unknown',
    threads_per_inference: threads = '1',
  } = tests[0]?.test.configuration ?? {};
  const { processor = 'unknown', browser = '', platform = '' } = system ?? {};
  return {
    ...{ folder, engine, precision, threads },
    ...{ device: String(processor), browser: String(browser), platform: String(platform) },
    tests: tests.map(shownTest),
  };
}

function shownTest(measured: MeasuredTest): ShownTest {
  const { test, figures, accuracy } = measured;
  const { scenario, kind, invalidReasons } = test;
  return {
    ...{ scenario, kind, invalidReasons },
    isValid: !isInvalid(measured) && !isBrokenOff(measured),
    warnings: disturbanceWarnings(test),
    figures: figures.map(({ name, unit, value, interval }) => ({ name, unit, value, interval: interval ?? null })),
    accuracy: accuracy === undefined ? null : { correct: accuracy.correctCount, pairs: accuracy.pairCount },
  };
}
