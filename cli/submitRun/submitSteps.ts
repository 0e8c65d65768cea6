import { LoadGenError } from '../../base/errors.js';
import { isInvalid, type MeasuredTest } from '../../reports/figures/measureRun.js';
import { configCopies } from '../../runs/configCopies.js';
import { USER_CONF } from '../../runs/layout.js';
import { writeRunFile } from '../../runs/runFolder.js';
import { AUDIT_NAMES, type AuditName } from '../../submission/index.js';
import { runAudit } from '../audit/runAudit.js';
import { adviceText } from '../benchmark/advice.js';
import type { BenchmarkSetup } from '../benchmark/benchmarkOptions.js';
import { type PlannedTest, planTests } from '../benchmark/planTests.js';
import { runBenchmark } from '../benchmark/runBenchmark.js';
import { startProgressBar } from '../progressBar.js';
import type { TunedScenario } from '../tune/tuneScenario.js';
import { expectedRatesConf } from './expectedRates.js';
import { isAuditComplete, isTestComplete } from './isTestComplete.js';

/** One of the things that a submission takes, each of which may have been done by an earlier call. */
export interface SubmitStep {
  readonly name: string;
  /** As far as can be told by now. */
  readonly expectedMs: () => number | undefined;
  readonly isDone: () => Promise<boolean>;
  /** Throws where what came out is not good enough to go on. `note`: what a progress bar shows at a share of the step. */
  readonly run: (note: (share: number) => string) => Promise<void>;
}

export interface SubmissionPlan {
  readonly setup: BenchmarkSetup;
  readonly scenarios: readonly TunedScenario[];
  /** Closed submissions need audits. */
  readonly needsAudits: boolean;
}

const RATE_MS = 10_000;
/** Offline's one query is made somewhat longer than it has to be. */
const OFFLINE_LENGTH = 1.15;

type MeasuredMode = 'AccuracyOnly' | 'PerformanceOnly';

/** Everything that is measured: accuracy, performance at full length, audits. */
export function measuringSteps({ setup, scenarios, needsAudits }: SubmissionPlan): SubmitStep[] {
  const each = (mode: MeasuredMode) => scenarios.map((scenario) => testStep(setup, scenario, mode));
  const [accuracy, performance] = [each('AccuracyOnly'), each('PerformanceOnly')];
  const audits = scenarios.flatMap((scenario, index) => {
    // An audit is of these two: where one of them is made again, so is the audit.
    const audited = [accuracy[index], performance[index]].filter((step) => step !== undefined);
    return needsAudits ? AUDIT_NAMES.map((name) => auditStep(setup, scenario, name, audited)) : [];
  });
  return [ratesStep(setup, scenarios), ...accuracy, ...performance, ...audits];
}

/** The settings files of the run's folder may change between two steps: the first one may write one. */
function plannedTest(
  { runFolder, system }: BenchmarkSetup,
  scenario: TunedScenario,
  mode: MeasuredMode,
): PlannedTest & { readonly scenario: TunedScenario } {
  const {
    tests: [test],
  } = planTests({
    scenarios: [scenario],
    modes: [mode],
    network: system.network.name,
    confs: configCopies(runFolder),
    auditConfig: undefined,
  });
  if (test === undefined) throw new RangeError(`no test of ${scenario} was planned`);
  return { ...test, scenario };
}

function ratesStep(setup: BenchmarkSetup, scenarios: readonly TunedScenario[]): SubmitStep {
  const { runFolder, system, signal } = setup;
  return {
    name: 'expected rates',
    expectedMs: () => scenarios.length * RATE_MS,
    isDone: async () => configCopies(runFolder).userConf !== undefined,
    run: async (note) => {
      const bar = startProgressBar('expected rates');
      try {
        const tests = scenarios.map((scenario) => plannedTest(setup, scenario, 'PerformanceOnly'));
        const onProgress = (share: number) => bar.update(share, note(share));
        writeRunFile(runFolder, USER_CONF, await expectedRatesConf({ system, tests, signal, onProgress }));
      } finally {
        bar.stop();
      }
    },
  };
}

function testStep(setup: BenchmarkSetup, scenario: TunedScenario, mode: MeasuredMode): SubmitStep {
  const { name } = plannedTest(setup, scenario, mode);
  return {
    name,
    expectedMs: () => (mode === 'AccuracyOnly' ? accuracyMs(setup, scenario) : performanceMs(setup, scenario)),
    isDone: () => isTestComplete(setup, plannedTest(setup, scenario, mode)),
    run: async (note) => {
      const measured: MeasuredTest[] = [];
      await runBenchmark({
        ...setup,
        tests: [plannedTest(setup, scenario, mode)],
        quick: false,
        enableTrace: false,
        progressNote: note,
        onResult: (test) => measured.push(test),
      });
      setup.signal.throwIfAborted();
      for (const test of measured.filter(isInvalid)) throw invalidTest(name, test);
    },
  };
}

function auditStep(
  setup: BenchmarkSetup,
  scenario: TunedScenario,
  name: AuditName,
  audited: readonly SubmitStep[],
): SubmitStep {
  return {
    name: `${scenario} ${name}`,
    expectedMs: () => performanceMs(setup, scenario),
    isDone: async () => {
      for (const step of audited) if (!(await step.isDone())) return false;
      return isAuditComplete(setup.runFolder, scenario, name);
    },
    run: async (note) => {
      const confs = configCopies(setup.runFolder);
      const result = await runAudit({ setup, confs, name, scenario, progressNote: note });
      if (result.verdict === 'PASS') return;
      const reasons = result.findings.map(({ code, message }) => `${code}: ${message}`);
      throw insufficient(`${scenario} ${name}`, 'failed', reasons, '');
    },
  };
}

/** Undefined until it is known what the system does. */
function accuracyMs(setup: BenchmarkSetup, scenario: TunedScenario): number | undefined {
  if (configCopies(setup.runFolder).userConf === undefined) return undefined;
  const { settings } = plannedTest(setup, scenario, 'AccuracyOnly');
  const pairMs =
    scenario === 'SingleStream' ? settings.singleStreamExpectedLatencyNs / 1e6 : 1000 / settings.offlineExpectedQps;
  return setup.dataset.library.totalSampleCount * pairMs;
}

function performanceMs(setup: BenchmarkSetup, scenario: TunedScenario): number {
  const { minDurationMs } = plannedTest(setup, scenario, 'PerformanceOnly').settings;
  return scenario === 'Offline' ? OFFLINE_LENGTH * minDurationMs : minDurationMs;
}

function invalidTest(name: string, measured: MeasuredTest): LoadGenError {
  return insufficient(name, 'is INVALID', measured.test.invalidReasons, adviceText([measured]));
}

function insufficient(name: string, outcome: string, reasons: readonly string[], advice: string): LoadGenError {
  return new LoadGenError('SUBMIT_STEP', `${name} ${outcome}:\n  ${reasons.join('\n  ')}`, {
    hint: `${advice === '' ? '' : `${advice}\n`}The same command makes this step again and goes on from there.`,
  });
}
