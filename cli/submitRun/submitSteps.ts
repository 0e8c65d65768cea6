import { LoadGenError } from '../../base/errors.js';
import { isInvalid, type MeasuredTest } from '../../reports/figures/measureTest.js';
import { addToUserConf, configCopies } from '../../runs/configCopies.js';
import { runAudit } from '../audit/runAudit.js';
import { adviceText } from '../benchmark/advice.js';
import type { BenchmarkSetup } from '../benchmark/benchmarkOptions.js';
import { runBenchmark } from '../benchmark/runBenchmark.js';
import { startProgressBar } from '../progressBar.js';
import { measuredRatesText } from './expectedRates.js';
import {
  type PlannedStep,
  plannedSteps,
  plannedTest,
  type SubmissionPlan,
  scenariosWithoutRate,
} from './plannedSteps.js';

/** A step that can be run. */
export interface SubmitStep extends PlannedStep {
  /** Throws where what came out is not good enough to go on. `note`: what a progress bar shows at a share of the step. */
  readonly run: (note: ProgressNote) => Promise<void>;
}

export interface OpenedSubmission extends Pick<SubmissionPlan, 'scenarios' | 'needsAudits'> {
  readonly setup: BenchmarkSetup;
}

type ProgressNote = (share: number) => string;

/** All steps of a submission whose run has been opened. */
export function submitSteps({ setup, scenarios, needsAudits }: OpenedSubmission): SubmitStep[] {
  const plan: SubmissionPlan = {
    network: setup.system.network,
    library: setup.dataset.library,
    runFolder: setup.runFolder,
    confs: () => configCopies(setup.runFolder),
    scenarios,
    needsAudits,
  };
  return plannedSteps(plan).map((step) => ({ ...step, run: (note) => runStep(setup, plan, step, note) }));
}

function runStep(setup: BenchmarkSetup, plan: SubmissionPlan, step: PlannedStep, note: ProgressNote): Promise<void> {
  switch (step.work.kind) {
    case 'rates':
      return measureRates(setup, plan, note);
    case 'test':
      return measureTest(setup, plan, step.work, note);
    case 'audit':
      return audit(setup, step.name, step.work, note);
  }
}

async function measureRates(
  { runFolder, system, signal }: BenchmarkSetup,
  plan: SubmissionPlan,
  note: ProgressNote,
): Promise<void> {
  const bar = startProgressBar('expected rates');
  try {
    const tests = scenariosWithoutRate(plan).map((scenario) => plannedTest(plan, scenario, 'PerformanceOnly'));
    const onProgress = (share: number) => bar.update(share, note(share));
    addToUserConf(runFolder, await measuredRatesText({ system, tests, signal, onProgress }));
  } finally {
    bar.stop();
  }
}

async function measureTest(
  setup: BenchmarkSetup,
  plan: SubmissionPlan,
  { scenario, mode }: Extract<PlannedStep['work'], { kind: 'test' }>,
  note: ProgressNote,
): Promise<void> {
  const test = plannedTest(plan, scenario, mode);
  const measured: MeasuredTest[] = [];
  await runBenchmark({
    ...setup,
    tests: [test],
    quick: false,
    enableTrace: false,
    progressNote: note,
    onResult: (test) => measured.push(test),
  });
  setup.signal.throwIfAborted();
  for (const invalid of measured.filter(isInvalid)) throw invalidTest(test.name, invalid);
}

async function audit(
  setup: BenchmarkSetup,
  stepName: string,
  { scenario, audit: name }: Extract<PlannedStep['work'], { kind: 'audit' }>,
  note: ProgressNote,
): Promise<void> {
  const confs = configCopies(setup.runFolder);
  const result = await runAudit({ setup, confs, name, scenario, progressNote: note });
  if (result.verdict === 'PASS') return;
  const reasons = result.findings.map(({ code, message }) => `${code}: ${message}`);
  throw insufficient(stepName, 'failed', reasons, '');
}

function invalidTest(name: string, measured: MeasuredTest): LoadGenError {
  return insufficient(name, 'is INVALID', measured.test.invalidReasons, adviceText([measured]));
}

function insufficient(name: string, outcome: string, reasons: readonly string[], advice: string): LoadGenError {
  return new LoadGenError('SUBMIT_STEP', `${name} ${outcome}:\n  ${reasons.join('\n  ')}`, {
    hint: `${advice === '' ? '' : `${advice}\n`}The same command makes this step again and goes on from there.`,
  });
}
