import { basename } from 'node:path';
import { isBrokenOff, isInvalid, type MeasuredRun, type MeasuredTest } from '../../reports/figures/measureRun.js';
import { disturbanceWarnings } from '../../reports/runTable.js';
import type { DeviceResult, ShownTest } from '../shared/deviceResult.js';

/** What pages show of a run. */
export function shownRun({ run, tests }: MeasuredRun): DeviceResult {
  const {
    engine = 'unknown',
    precision = 'unknown',
    threads_per_inference: threads = '1',
  } = tests[0]?.test.configuration ?? {};
  const { processor: device = 'unknown', browser = '', platform = '' } = run.system ?? {};
  return {
    folder: basename(run.folder),
    ...{ device, browser, platform, engine, precision, threads },
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
