import { join } from 'node:path';
import { LOADGEN_VERSION } from '../../loadgen/logs/runLogs.js';
import { SCENARIOS } from '../../loadgen/scenarios/index.js';
import type { TestScenario } from '../../loadgen/settings/testSettings.js';
import { DETAIL_LOG_NAME } from '../../logs/detail/read.js';
import { SUMMARY_LOG_LIMITS, SUMMARY_LOG_NAME } from '../../logs/summary/read.js';
import { readBoundedText } from '../../platform/node/files.js';
import { loggedSettings } from '../audits/audit.js';
import { AUDITS, type AuditName } from '../audits/audits.js';
import { type Finding, newFinding } from '../finding.js';
import { MIN_DURATION_MS, type ModelRules, PLAIN_SETTINGS, SCENARIO_RULES, SEEDS } from '../rules.js';
import { type CheckedFolder, DetailLogFindings } from './detailLogFindings.js';
import { type IdentifyingFacts, identifyingFacts } from './identity.js';
import { checkSummaryAgrees } from './summaryAgrees.js';

export interface CheckedTest {
  readonly findings: readonly Finding[];
  /** Undefined where there is no log to read them from. */
  readonly identity: IdentifyingFacts | undefined;
}

export interface PerformanceRules {
  readonly scenario: TestScenario;
  /** Undefined for a network without rules: then only what holds for all is checked. */
  readonly model: ModelRules | undefined;
  readonly audit: AuditName | undefined;
}

/** A performance run's logs, also an audit's: VALID, of the right length and settings, without errors. */
export async function checkPerformanceRun(folder: CheckedFolder, rules: PerformanceRules): Promise<CheckedTest> {
  const log = await DetailLogFindings.read(folder, DETAIL_LOG_NAME);
  const summary = await checkSummary(folder);
  if (!(log instanceof DetailLogFindings)) return { findings: [log, ...summary], identity: undefined };
  log.equal('effective_test_mode', 'PerformanceOnly');
  log.equal('effective_scenario', rules.scenario);
  checkCommon(log);
  log.equal('result_validity', 'VALID');
  log.equal('result_min_duration_met', 'true');
  log.equal('result_min_queries_met', 'true');
  log.equal('early_stopping_met', 'true');
  checkCounts(log, rules);
  checkDuration(log, rules.scenario);
  checkIssue(log, rules.audit);
  log.positive(SCENARIOS[rules.scenario].scoreKey);
  const findings = [...log.findings, ...summary, ...(await checkSummaryAgrees(folder, log))];
  return { findings, identity: identifyingFacts(log) };
}

/** What holds of every test. */
export function checkCommon(log: DetailLogFindings): void {
  log.equal('loadgen_version', LOADGEN_VERSION);
  checkSeeds(log);
  log.equal('dataset_skipped_pairs', '0');
  log.not('sut_unverified', 'true', 'a run without --unverified');
  log.noErrors();
}

export function checkSeeds(log: DetailLogFindings): void {
  for (const [key, seed] of Object.entries(SEEDS)) log.equal(key, seed);
}

/** Which samples are asked for, and which answers are logged. */
export function checkIssue(log: DetailLogFindings, audit: AuditName | undefined): void {
  const ofAudit = audit === undefined ? {} : loggedSettings(AUDITS[audit].settings);
  for (const [key, value] of Object.entries({ ...PLAIN_SETTINGS, ...ofAudit })) log.equal(key, value);
}

export function checkCounts(log: DetailLogFindings, { scenario, model }: PerformanceRules): void {
  const { minQueryCount, minSamplesPerQuery, targetLatencyPercentile } = SCENARIO_RULES[scenario];
  log.atLeast('effective_min_duration_ms', MIN_DURATION_MS);
  log.atLeast('effective_min_query_count', minQueryCount);
  log.atLeast('effective_samples_per_query', minSamplesPerQuery);
  log.equal('effective_target_latency_percentile', String(targetLatencyPercentile));
  if (model === undefined) return;
  log.atLeast('effective_performance_sample_count', model.sampleCount);
  if (scenario === 'Server') log.atMost('effective_target_latency_ns', model.serverTargetLatencyNs);
}

/** Figures have six digits in the log, and MultiStream's latencies leave out what passes between its queries. */
const DURATION_TOLERANCE = { SingleStream: 1e-5, MultiStream: 1e-2, Server: 1e-5, Offline: 0 };

/** `effective_min_duration_ms` is a wish: how long the run took follows from its figures. */
function checkDuration(log: DetailLogFindings, scenario: TestScenario): void {
  const seconds = measuredSeconds(log, scenario);
  if (seconds === undefined) return;
  const minimum = MIN_DURATION_MS / 1000;
  if (seconds < minimum * (1 - DURATION_TOLERANCE[scenario])) {
    log.add('result_query_count', `a run of ${seconds.toFixed(3)} s by its figures`, `at least ${minimum} s`);
  }
}

/** Undefined where a figure lacks, which is a finding of its own: without it there is no valid result. */
function measuredSeconds(log: DetailLogFindings, scenario: TestScenario): number | undefined {
  const figure = (key: string) => {
    const value = log.number(key);
    if (value === undefined) log.add(key, 'no number', 'the figure that a valid run has');
    return value ?? Number.NaN;
  };
  const seconds = {
    SingleStream: () => figure('result_query_count') / figure('result_qps_with_loadgen_overhead'),
    MultiStream: () => (figure('result_query_count') * figure('result_mean_query_latency_ns')) / 1e9,
    Server: () => figure('result_query_count') / figure('result_completed_samples_per_sec'),
    Offline: () => figure('result_max_latency_ns') / 1e9,
  }[scenario]();
  return Number.isNaN(seconds) ? undefined : seconds;
}

async function checkSummary({ path, shown }: CheckedFolder): Promise<Finding[]> {
  const file = `${shown}/${SUMMARY_LOG_NAME}`;
  const read = await readBoundedText(join(path, SUMMARY_LOG_NAME), SUMMARY_LOG_LIMITS.bytes);
  const expected = 'the line "Result is : VALID"';
  if ('fault' in read) return [newFinding(file, read.fault, expected)];
  const result = /^Result is : ([^\r\n]{1,40})\r?$/m.exec(read.text)?.[1];
  if (result === 'VALID') return [];
  return [newFinding(file, result ?? 'no such line', expected, { key: 'Result is' })];
}
