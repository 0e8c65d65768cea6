import { join } from 'node:path';
import { pairResponseBytes } from '../../base/pairLayout.js';
import { SCENARIOS } from '../../loadgen/scenarios/index.js';
import { MAX_SAMPLES } from '../../loadgen/settings/settingsFaults.js';
import { TEST_SCENARIOS } from '../../loadgen/settings/testSettings.js';
import { ACCURACY_LOG_NAME } from '../../logs/accuracy/read.js';
import type { LogValues } from '../../logs/detail/values.js';
import { openLog } from '../../platform/node/openLog.js';
import { ACCURACY_FOLDER, PERFORMANCE_FOLDER } from '../../runs/layout.js';
import { type Audit, type AuditSettings, auditConfigText, toleranceOf } from './audit.js';
import { type AuditedLogs, type AuditResult, auditResult } from './auditResult.js';
import { checkSameSystem, checkSettings, checkValid } from './checkSettings.js';
import { compareResponses, type ResponseCounts } from './compareResponses.js';
import { expectedEntries } from './expectedEntries.js';
import { FindingCollector, readDetailValues } from './findingCollector.js';
import { librarySampleCount } from './recordedSettings.js';

/**
 * As the official audit of ResNet-50 and most others: at 16 KB an entry, 64 MB of log, and with 600 pairs each is looked
 * at some seven times.
 */
const SAMPLING_TARGET = 4096;
const SETTINGS: AuditSettings = {
  accuracy_log_rng_seed: 720381539243781796n,
  accuracy_log_sampling_target: SAMPLING_TARGET,
};

const ACCURACY_TEXT_NAME = 'verify_accuracy.txt';
const PERFORMANCE_TEXT_NAME = 'verify_performance.txt';

/** That a run timed gives the same answers as the run that accuracy is judged by. */
export const TEST01: Audit = {
  settings: SETTINGS,
  configText: auditConfigText(SETTINGS),
  textNames: [ACCURACY_TEXT_NAME, PERFORMANCE_TEXT_NAME],
  verify: verifyTest01,
};

/** From the logs alone. A log that is missing or cannot be read is a finding. */
export async function verifyTest01(audited: AuditedLogs): Promise<AuditResult> {
  const { scenarioFolder, auditFolder } = audited;
  const findings = new FindingCollector();
  const [accuracyFolder, auditLogs] = [join(scenarioFolder, ACCURACY_FOLDER), join(auditFolder, PERFORMANCE_FOLDER)];
  const accuracy = await readDetailValues(findings, accuracyFolder);
  const run = await readDetailValues(findings, join(scenarioFolder, PERFORMANCE_FOLDER));
  const audit = await readDetailValues(findings, auditLogs);
  await findings.reading('settings', async () => {
    if (run === undefined || audit === undefined || accuracy === undefined) return;
    checkSettings(findings, run, audit, SETTINGS);
    checkAccuracyRun(findings, run, accuracy);
  });
  const auditLog = join(auditLogs, ACCURACY_LOG_NAME);
  const expected = await findings.reading('accuracy', async () =>
    audit === undefined ? undefined : expectedEntries(audit, await maxSampleCount(auditLog, audited)),
  );
  const accuracyLog = join(accuracyFolder, ACCURACY_LOG_NAME);
  const librarySize = await findings.reading('accuracy', async () => accuracy && librarySampleCount(accuracy));
  const counts = await compareResponses(
    findings,
    { accuracyLog, auditLog, expected, librarySampleCount: librarySize },
    audited,
  );
  const speed = await findings.reading('performance', async () => compareSpeed(findings, run, audit));
  const { referenceScore, testScore } = speed ?? { referenceScore: Number.NaN, testScore: Number.NaN };
  return auditResult(findings, {
    figures: { ...counts, referenceScore, testScore },
    texts: {
      [ACCURACY_TEXT_NAME]: accuracyText(findings, counts),
      [PERFORMANCE_TEXT_NAME]: performanceText(findings, referenceScore, testScore),
    },
  });
}

/** Drawn in a second. */
const ALWAYS_DRAWN = 2 ** 20;
/** A run of the most samples logs one response of so many; twice that, since which ones are logged is drawn. */
const MAX_SAMPLES_PER_ENTRY = (2 * MAX_SAMPLES) / SAMPLING_TARGET;

/** How many samples a run can have had that left so long an accuracy log: what its settings say is drawn up to there. */
async function maxSampleCount(auditLog: string, { featureValues }: AuditedLogs): Promise<number> {
  // That there is no such log is found where it is read.
  const bytes = await openLog(auditLog).then(
    ({ sizeBytes }) => sizeBytes,
    () => 0,
  );
  const hexDigits = 2 * pairResponseBytes(featureValues);
  return Math.min(MAX_SAMPLES, ALWAYS_DRAWN + Math.floor(bytes / hexDigits) * MAX_SAMPLES_PER_ENTRY);
}

function checkAccuracyRun(findings: FindingCollector, run: LogValues, accuracy: LogValues): void {
  const mode = accuracy.string('effective_test_mode');
  if (mode !== 'AccuracyOnly')
    findings.add('accuracy', 'AUDIT_ACCURACY_MODE', `the accuracy run's mode is ${mode}; expected AccuracyOnly`);
  checkSameSystem(findings, run, accuracy, "the audited run's");
}

/** The official rule: within 10 % either way, or 20 % where a latency is so short that the system's noise shows. */
function compareSpeed(
  findings: FindingCollector,
  run: LogValues | undefined,
  audit: LogValues | undefined,
): { referenceScore: number; testScore: number } | undefined {
  if (run === undefined || audit === undefined) {
    findings.add('performance', 'AUDIT_NO_SCORE', 'a detail log is missing, so there is nothing to compare');
    return undefined;
  }
  checkValid(findings, run, "the audited run's");
  checkValid(findings, audit, "the audit's");
  const scenario = run.string('effective_scenario');
  const known = TEST_SCENARIOS.find((name) => name === scenario);
  if (known === undefined) throw run.error('effective_scenario', `"${scenario}"`, 'one of the four scenarios');
  const { scoreKey } = SCENARIOS[known];
  const referenceScore = run.number(scoreKey);
  const testScore = audit.number(scoreKey);
  const tolerance = toleranceOf(known, referenceScore);
  const isWithin = referenceScore * (1 - tolerance) <= testScore && testScore <= referenceScore * (1 + tolerance);
  if (!(isWithin && referenceScore > 0)) {
    findings.add(
      'performance',
      'AUDIT_SCORE',
      `${scoreKey} is ${testScore}; expected within ${100 * tolerance} % of the audited run's ${referenceScore}`,
    );
  }
  return { referenceScore, testScore };
}

/** Begins with the official script's counts, under its names. */
function accuracyText(findings: FindingCollector, counts: ResponseCounts): string {
  const differing = counts.comparedEntries - counts.identicalEntries;
  return text([
    'Verifying accuracy: whole responses.',
    `num_acc_log_entries = ${counts.accuracyLogEntries}`,
    `num_acc_log_duplicate_keys = ${counts.repeatedInAccuracyLog}`,
    `num_acc_log_data_mismatch = ${counts.repeatedDifferently}`,
    `num_perf_log_entries = ${counts.auditLogEntries}`,
    `num_perf_log_qsl_idx_match = ${counts.comparedEntries}`,
    `num_perf_log_data_mismatch = ${counts.firstByteMismatches}`,
    `num_missing_qsl_idxs = ${counts.unknownSamples}`,
    `entries that the settings require = ${counts.requiredEntries}, of them missing = ${counts.missingEntries}`,
    `identical byte for byte = ${counts.identicalEntries} of ${counts.comparedEntries}`,
    differing === 0
      ? 'All responses compared are identical byte for byte.'
      : `${differing} responses are not identical byte for byte.`,
    `decisions that differ = ${counts.decisionMismatches}`,
    `largest absolute difference of a value = ${counts.largestDifference}`,
    `least cosine between responses = ${counts.leastCosine}`,
    ...findings.verdictLines(['settings', 'accuracy']),
  ]);
}

function performanceText(findings: FindingCollector, referenceScore: number, testScore: number): string {
  return text([
    'Verifying performance.',
    `Reference score = ${referenceScore}`,
    `Test score = ${testScore}`,
    ...findings.verdictLines(['settings', 'performance']),
  ]);
}

function text(lines: readonly string[]): string {
  return `${lines.join('\n')}\n`;
}
