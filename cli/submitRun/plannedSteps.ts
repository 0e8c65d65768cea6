import type { ConfigPaths } from '../../runs/configCopies.js';
import { AUDIT_NAMES, type AuditName } from '../../submission/audits/audits.js';
import { type PlannedTest, planTests } from '../benchmark/planTests.js';
import type { TunedScenario } from '../tune/tuneScenario.js';
import { isAuditComplete, isTestComplete, type SubmittedTests } from './isTestComplete.js';

/** What all that is measured for a submission depends on. */
export interface SubmissionPlan extends SubmittedTests {
  /** Asked each time: the first step may write a user.conf. */
  readonly confs: () => ConfigPaths;
  readonly scenarios: readonly TunedScenario[];
  /** Closed submissions need audits. */
  readonly needsAudits: boolean;
}

/** How long something takes. */
export interface StepTime {
  readonly ms: number;
  /** Whether it takes more, by what is not known before the rates are measured. */
  readonly isLeast: boolean;
}

export type MeasuredMode = 'AccuracyOnly' | 'PerformanceOnly';

type StepWork =
  | { readonly kind: 'rates' }
  | { readonly kind: 'test'; readonly scenario: TunedScenario; readonly mode: MeasuredMode }
  | { readonly kind: 'audit'; readonly scenario: TunedScenario; readonly audit: AuditName };

/** One of the things that a submission takes, each of which may have been done by an earlier call. */
export interface PlannedStep {
  readonly name: string;
  readonly work: StepWork;
  /** As far as can be told by now. */
  readonly expectedTime: () => StepTime;
  readonly isDone: () => Promise<boolean>;
}

const RATE_MS = 10_000;
/** Offline's one query is made somewhat longer than it has to be. */
const OFFLINE_LENGTH = 1.15;

/** Everything that is measured: accuracy, performance at full length, audits. */
export function plannedSteps(plan: SubmissionPlan): PlannedStep[] {
  const { scenarios, needsAudits } = plan;
  const each = (mode: MeasuredMode) => scenarios.map((scenario) => testStep(plan, scenario, mode));
  const [accuracy, performance] = [each('AccuracyOnly'), each('PerformanceOnly')];
  const audits = scenarios.flatMap((scenario, index) => {
    // An audit is of these two: where one of them is made again, so is the audit.
    const audited = [accuracy[index], performance[index]].filter((step) => step !== undefined);
    return needsAudits ? AUDIT_NAMES.map((audit) => auditStep(plan, scenario, audit, audited)) : [];
  });
  return [ratesStep(plan), ...accuracy, ...performance, ...audits];
}

export function plannedTest(
  { network, confs }: Pick<SubmissionPlan, 'network' | 'confs'>,
  scenario: TunedScenario,
  mode: MeasuredMode,
): PlannedTest & { readonly scenario: TunedScenario } {
  return { ...testOf({ network, confs }, scenario, mode, false), scenario };
}

function testOf(
  { network, confs }: Pick<SubmissionPlan, 'network' | 'confs'>,
  scenario: TunedScenario,
  mode: MeasuredMode,
  measureExpectations: boolean,
): PlannedTest {
  const options = { scenarios: [scenario], modes: [mode], network: network.name, confs: confs() };
  const {
    tests: [test],
  } = planTests({ ...options, measureExpectations, auditConfig: undefined });
  if (test === undefined) throw new RangeError(`no test of ${scenario} was planned`);
  return test;
}

/** Those whose rate no user.conf states, neither the given one nor that of an earlier call. */
export function scenariosWithoutRate(plan: SubmissionPlan): readonly TunedScenario[] {
  return plan.scenarios.filter((scenario) => testOf(plan, scenario, 'PerformanceOnly', true).measureExpectation);
}

function ratesStep(plan: SubmissionPlan): PlannedStep {
  return {
    name: 'expected rates',
    work: { kind: 'rates' },
    expectedTime: () => ({ ms: scenariosWithoutRate(plan).length * RATE_MS, isLeast: false }),
    isDone: async () => scenariosWithoutRate(plan).length === 0,
  };
}

function testStep(plan: SubmissionPlan, scenario: TunedScenario, mode: MeasuredMode): PlannedStep {
  return {
    name: plannedTest(plan, scenario, mode).name,
    work: { kind: 'test', scenario, mode },
    expectedTime: () => expectedTime(plan, scenario, mode),
    isDone: () => isTestComplete(plan, plannedTest(plan, scenario, mode)),
  };
}

function auditStep(
  plan: SubmissionPlan,
  scenario: TunedScenario,
  audit: AuditName,
  audited: readonly PlannedStep[],
): PlannedStep {
  return {
    name: `${scenario} ${audit}`,
    work: { kind: 'audit', scenario, audit },
    expectedTime: () => expectedTime(plan, scenario, 'PerformanceOnly'),
    isDone: async () => {
      for (const step of audited) if (!(await step.isDone())) return false;
      return isAuditComplete(plan.runFolder, scenario, audit);
    },
  };
}

/** The time that a test has to last, or more where its samples take longer. */
function expectedTime(plan: SubmissionPlan, scenario: TunedScenario, mode: MeasuredMode): StepTime {
  const { settings, measureExpectation: isUnknown } = testOf(plan, scenario, 'PerformanceOnly', true);
  const { minDurationMs, minQueryCount, singleStreamExpectedLatencyNs, offlineExpectedQps } = settings;
  const isAccuracy = mode === 'AccuracyOnly';
  const leastMs = isAccuracy ? 0 : minDurationMs * (scenario === 'Offline' ? OFFLINE_LENGTH : 1);
  if (isUnknown) return { ms: leastMs, isLeast: true };
  const pairMs = scenario === 'SingleStream' ? singleStreamExpectedLatencyNs / 1e6 : 1000 / offlineExpectedQps;
  const samples = isAccuracy ? plan.library.totalSampleCount : minQueryCount;
  return { ms: Math.max(leastMs, samples * pairMs), isLeast: false };
}
