import { formatGeneral } from '../../logs/formatNumber.js';
import type { PerformanceSummary } from '../results/summarizePerformance.js';
import type { AnyScenario } from '../scenarios/index.js';
import type { EffectiveSettings } from '../settings/testSettings.js';
import { earlyStoppingText } from './earlyStoppingText.js';

const PERMUTATION_WARNING = [
  'WARNING: sample_concatenate_permutation was set to true. ',
  'Generated samples per query might be different as the one in the setting.',
  'Check the generated_samples_per_query line in the detailed log for the real',
  'samples_per_query value',
].join('\n');

/** The body of `mlperf_log_summary.txt` after a performance run, line for line as the official LoadGen writes it. */
export function performanceSummaryText(summary: PerformanceSummary, scenario: AnyScenario): string {
  return lines(
    heading('MLPerf Results Summary'),
    ...runLines(summary.sutName, summary.settings),
    scenario.headline(summary),
    `Result is : ${summary.valid ? 'VALID' : 'INVALID'}`,
    ...performanceConstraintLines(summary),
    `  Min duration satisfied : ${yesOrNo(summary.minDuration.met)}`,
    `  Min queries satisfied : ${yesOrNo(summary.minQueries.met)}`,
    `  Early stopping satisfied: ${yesOrNo(summary.earlyStopping.met)}`,
    ...recommendations(summary),
    ...(summary.earlyStopping.kind === 'none' ? [] : ['Early Stopping Result:', earlyStoppingText(summary)]),
    '',
    heading('Additional Stats'),
    ...scenario.statisticsLines(summary),
    '',
    heading('Test Parameters Used'),
    ...parameterLines(summary.settings),
  );
}

/** The body of the summary when a run broke off: no figures, the reason instead. */
export function brokenOffSummaryText(sutName: string, settings: EffectiveSettings, reason: string): string {
  return lines(
    heading('MLPerf Results Summary'),
    ...runLines(sutName, settings),
    'Result is : INVALID',
    'Recommendations:',
    ` * ${reason}`,
    '',
    heading('Test Parameters Used'),
    ...parameterLines(settings),
  );
}

/** How the summary ends, whatever ran. */
export function logCountsText(warnings: number, errors: number): string {
  const warningText = warnings === 0 ? 'No warnings' : `${warnings} ${warnings === 1 ? 'warning' : 'warnings'}`;
  const errorText = errors === 0 ? 'No errors' : `${errors} ${errors === 1 ? 'ERROR' : 'ERRORS'}`;
  return (
    `\n${warningText} encountered${warnings === 0 ? ' during test.' : '. See detailed log.'}\n` +
    `\n${errorText} encountered${errors === 0 ? ' during test.' : '. See detailed log.'}\n`
  );
}

function lines(...texts: readonly string[]): string {
  return texts.map((text) => `${text}\n`).join('');
}

function heading(title: string): string {
  const rule = '='.repeat(48);
  return `${rule}\n${title}\n${rule}`;
}

function runLines(sutName: string, settings: EffectiveSettings): string[] {
  return [`SUT name : ${sutName}`, `Scenario : ${settings.scenario}`, `Mode     : ${settings.mode}`];
}

function performanceConstraintLines({ performanceConstraint }: PerformanceSummary): string[] {
  if (performanceConstraint === undefined) return [];
  return [`  Performance constraints satisfied : ${yesOrNo(performanceConstraint.met)}`];
}

function recommendations({ valid, performanceConstraint, minDuration, minQueries }: PerformanceSummary): string[] {
  if (valid) return [];
  const unmet = [performanceConstraint, minDuration, minQueries].filter((constraint) => constraint?.met === false);
  return ['Recommendations:', ...unmet.map((constraint) => ` * ${constraint?.recommendation}`)];
}

function parameterLines(settings: EffectiveSettings): string[] {
  const { requested } = settings;
  return [
    `samples_per_query : ${settings.samplesPerQuery}`,
    `target_qps : ${formatGeneral(settings.targetQps)}`,
    `target_latency (ns): ${settings.targetLatencyNs}`,
    `max_async_queries : ${settings.maxAsyncQueries}`,
    `min_duration (ms): ${settings.minDurationMs}`,
    `max_duration (ms): ${settings.maxDurationMs}`,
    `min_query_count : ${settings.minQueryCount}`,
    `max_query_count : ${settings.maxQueryCount}`,
    `qsl_rng_seed : ${requested.qslRngSeed}`,
    `sample_index_rng_seed : ${requested.sampleIndexRngSeed}`,
    `schedule_rng_seed : ${requested.scheduleRngSeed}`,
    `accuracy_log_rng_seed : ${requested.accuracyLogRngSeed}`,
    `accuracy_log_probability : ${formatGeneral(requested.accuracyLogProbability)}`,
    `accuracy_log_sampling_target : ${requested.accuracyLogSamplingTarget}`,
    `print_timestamps : ${zeroOrOne(requested.printTimestamps)}`,
    `performance_issue_unique : ${zeroOrOne(requested.performanceIssueUnique)}`,
    `performance_issue_same : ${zeroOrOne(requested.performanceIssueSame)}`,
    `performance_issue_same_index : ${requested.performanceIssueSameIndex}`,
    `performance_sample_count : ${settings.performanceSampleCount}`,
    `accuracy_sample_count : ${settings.accuracySampleCount}`,
    ...(settings.sampleConcatenatePermutation ? [PERMUTATION_WARNING] : []),
  ];
}

function yesOrNo(met: boolean): string {
  return met ? 'Yes' : 'NO';
}

function zeroOrOne(value: boolean): string {
  return value ? '1' : '0';
}
