import { join } from 'node:path';
import { LoadGenError } from '../../base/errors.js';
import {
  applyConfigFile,
  type ConfigFile,
  type TestMode,
  type TestScenario,
  type TestSettings,
} from '../../loadgen/index.js';
import type { ConfigPaths } from '../../runs/configCopies.js';
import { TEST_FOLDERS } from '../../runs/layout.js';
import { checkConfig } from './checkConfig.js';
import { readSettings } from './settings.js';

/** One test of a benchmark: what is asked of the system, and where its logs go. */
export interface PlannedTest {
  /** For people: `SingleStream accuracy`. */
  readonly name: string;
  readonly scenario: TestScenario;
  readonly mode: TestMode;
  readonly settings: TestSettings;
  /** Whether no user.conf says what the system is expected to do, so that it is measured before the test. */
  readonly measureExpectation: boolean;
  /** The settings of a compliance test, applied on top of the others. */
  readonly auditConfig: ConfigFile | undefined;
  /** Of its logs, below the run's. */
  readonly folder: string;
}

export interface TestPlan {
  readonly tests: readonly PlannedTest[];
  /** What config files set without any effect. */
  readonly notices: readonly string[];
}

export interface TestPlanOptions {
  readonly scenarios: readonly TestScenario[];
  /** What to run of each. */
  readonly modes: readonly TestMode[];
  /** The model's name in config files. */
  readonly network: string;
  readonly confs: ConfigPaths;
  /** Whether what a system is expected to do may be measured where no user.conf says it. Default: false. */
  readonly measureExpectations?: boolean;
  /** For the performance tests among them. */
  readonly auditConfig: ConfigFile | undefined;
}

/** Reads the settings of every test. Throws `CONFIG_*` before anything is prepared. */
export function planTests({
  scenarios,
  modes,
  network,
  confs,
  measureExpectations = false,
  auditConfig,
}: TestPlanOptions): TestPlan {
  const planned = scenarios.flatMap((scenario) =>
    modes.map((mode) => {
      const { settings, notices, statesExpectation } = readSettings(scenario, mode, network, confs);
      const measureExpectation = measureExpectations && mode !== 'AccuracyOnly' && !statesExpectation;
      const ofTest = mode === 'PerformanceOnly' ? auditConfig : undefined;
      const auditNotices = ofTest === undefined ? [] : tryAuditConfig(ofTest, settings);
      const name = `${scenario} ${NAME_OF_MODE[mode]}`;
      const folder = join(scenario, TEST_FOLDERS[mode]);
      const test: PlannedTest = { name, scenario, mode, settings, measureExpectation, auditConfig: ofTest, folder };
      return { test, notices: [...notices, ...auditNotices] };
    }),
  );
  if (auditConfig !== undefined && planned.every(({ test }) => test.auditConfig === undefined)) {
    const expected = 'expected one with --mode PerformanceOnly';
    throw new LoadGenError('CONFIG_AUDIT', `${auditConfig.path}: no test for it, ${expected}`);
  }
  const notices = new Set(planned.flatMap((each) => each.notices));
  return { tests: planned.map(({ test }) => test), notices: [...notices] };
}

const NAME_OF_MODE: Readonly<Record<TestMode, string>> = {
  AccuracyOnly: 'accuracy',
  PerformanceOnly: 'performance',
  SubmissionRun: 'submission',
  FindPeakPerformance: 'peak',
};

function tryAuditConfig(auditConfig: ConfigFile, settings: TestSettings): string[] {
  const applied = { ...settings };
  const notices = applyConfigFile(applied, auditConfig, '*');
  notices.push(...checkConfig(applied, [auditConfig], '*'));
  if (applied.mode === settings.mode) return notices;
  throw new LoadGenError('CONFIG_MODE', `${auditConfig.path}: found mode ${applied.mode}, expected ${settings.mode}`);
}
