import { disturbancesOfTest } from '../figures/disturbances.js';
import { ONLY_SHORTENED_LOG, thresholdRemark } from '../figures/measuredAccuracy.js';
import type { MeasuredRun } from '../figures/measureRun.js';
import { isBrokenOff, type MeasuredTest } from '../figures/measureTest.js';
import { missingTestText } from '../figures/missingTests.js';
import type { RunRecord, TestRecord } from '../figures/runRecord.js';
import type { Warning } from './comparison.js';

type Remark = readonly [code: string, message: string];

/** They only decide how many queries are generated before a run. */
const SIZING_SETTINGS = new Set(['target_qps', 'target_latency_ns', 'min_sample_count']);
/** The mode has a warning of its own. */
const OTHERWISE_TOLD = new Set(['scenario', 'test_mode']);

/** Why runs may not be comparable, or not meaningful by themselves; the same remark on several scenarios is one. */
export function comparabilityWarnings(runs: readonly MeasuredRun[]): Warning[] {
  return runs.flatMap(({ run, tests }, index) => {
    const warnings = new Map<string, Warning>();
    const remark = (scenario: string, [code, message]: Remark) => {
      const known = warnings.get(code + message);
      if (known === undefined) warnings.set(code + message, { run: index, scenarios: [scenario], code, message });
      else if (!known.scenarios.includes(scenario)) known.scenarios.push(scenario);
    };
    for (const measured of tests) {
      const { scenario, kind } = measured.test;
      for (const found of ownRemarks(measured, run.quick === true)) remark(scenario, found);
      const base = runs[0]?.tests.find(({ test }) => test.scenario === scenario && test.kind === kind)?.test;
      if (base === undefined) remark(scenario, ['NO_BASELINE', `the baseline has no ${kind} test of this scenario`]);
      else if (index > 0) for (const found of differences(measured.test, base)) remark(scenario, found);
    }
    return [...missingWarnings(run, index), ...warnings.values()];
  });
}

function missingWarnings({ missing = [] }: RunRecord, run: number): Warning[] {
  return missing.map((test) => {
    return { run, scenarios: [test.scenario], code: 'MISSING', message: missingTestText(test) };
  });
}

function ownRemarks(measured: MeasuredTest, quick: boolean): Remark[] {
  const { test, figures, accuracy } = measured;
  const remarks = verdictRemarks(measured);
  if (quick) remarks.push(['QUICK', 'a run with --quick: too short, and of too few pairs, for a result']);
  if (test.configuration.unverified === 'true')
    remarks.push(['UNVERIFIED', 'a run with --unverified: the embeddings of reference faces were not checked']);
  const ofThreshold = accuracy === undefined ? undefined : thresholdRemark(accuracy);
  if (ofThreshold !== undefined) remarks.push(['OTHER_THRESHOLD', ofThreshold]);
  for (const { what } of disturbancesOfTest(test)) remarks.push(['DISTURBED', what]);
  for (const found of test.remarks)
    remarks.push([found === ONLY_SHORTENED_LOG ? 'NO_ACCURACY' : 'OTHER_ACCURACY', found]);
  for (const remark of accuracy?.remarks ?? []) remarks.push(['ONE_KIND', remark]);
  if (figures.length > 0 && test.latencies === null)
    remarks.push(['NO_LATENCIES', `no latencies, so no intervals and no verdict: ${figures[0]?.noInterval ?? ''}`]);
  return remarks;
}

function verdictRemarks(measured: MeasuredTest): Remark[] {
  const { invalidReasons, errorMessages, kind } = measured.test;
  const isAborted = isBrokenOff(measured);
  const state = isAborted ? 'aborted, without figures' : 'INVALID';
  const code = isAborted ? 'ABORTED' : 'INVALID';
  const reasons = invalidReasons.map((reason): Remark => [code, `the ${kind} test is ${state}: ${reason}`]);
  const [firstError] = errorMessages;
  if (isAborted || firstError === undefined) return reasons;
  return [...reasons, ['ERRORS', `${errorCount(errorMessages.length)} in the log, the first: ${firstError}`]];
}

function differences(test: TestRecord, base: TestRecord): Remark[] {
  return [
    ...dataRemarks(test, base),
    ...modelRemarks(test, base),
    ...(test.loadgenVersion === base.loadgenVersion
      ? []
      : [['OTHER_VERSION', `LoadGen ${test.loadgenVersion}, the baseline's is ${base.loadgenVersion}`] as const]),
    ...(test.mode === base.mode ? [] : [['OTHER_MODE', `mode ${test.mode}, the baseline's is ${base.mode}`] as const]),
    ...settingsRemarks(test, base),
  ];
}

function dataRemarks({ data }: TestRecord, { data: baseData }: TestRecord): Remark[] {
  const [digest, baseDigest] = [data.sha256, baseData.sha256];
  if (digest !== undefined && baseDigest !== undefined) {
    if (digest === baseDigest) return [];
    return [['OTHER_DATA', `other data, of digest ${short(digest)}; the baseline's is ${short(baseDigest)}`]];
  }
  const other = ['name', 'reported_total_count', 'reported_performance_count'].find(
    (key) => data[key] !== baseData[key],
  );
  if (other !== undefined)
    return [
      [
        'OTHER_DATA',
        `other data: qsl_${other} ${data[other] ?? 'none'}; the baseline's is ${baseData[other] ?? 'none'}`,
      ],
    ];
  return [['UNKNOWN_DATA', 'whether the data are the same cannot be told: a log has no digest of them']];
}

function modelRemarks({ configuration }: TestRecord, { configuration: base }: TestRecord): Remark[] {
  // Each engine loads a file of its own format: that they were made of the same weights is what counts.
  const { weights_sha256: weights } = configuration;
  if (weights !== undefined && weights === base.weights_sha256) return [];
  const [digest, baseDigest] = [configuration.model_sha256, base.model_sha256];
  if (digest === undefined || baseDigest === undefined)
    return [['UNKNOWN_MODEL', 'whether the model is the same cannot be told: a log has no digest of it']];
  if (digest === baseDigest) return [];
  return [['OTHER_MODEL', `another model file, of digest ${short(digest)}; the baseline's is ${short(baseDigest)}`]];
}

function settingsRemarks({ scenario, settings }: TestRecord, { settings: base }: TestRecord): Remark[] {
  const keys = [...new Set([...Object.keys(base), ...Object.keys(settings)])];
  return keys
    .filter((key) => !OTHERWISE_TOLD.has(key) && (scenario === 'Server' || !SIZING_SETTINGS.has(key)))
    .filter((key) => settings[key] !== base[key])
    .map((key) => [
      'OTHER_SETTINGS',
      `${key} ${settings[key] ?? 'not set'}; the baseline's is ${base[key] ?? 'not set'}`,
    ]);
}

function errorCount(count: number): string {
  return count === 1 ? '1 error' : `${count} errors`;
}

function short(digest: string): string {
  return digest.slice(0, 12);
}
