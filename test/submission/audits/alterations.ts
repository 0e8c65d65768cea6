/** Altered copies of runs with their audits: what the official scripts say of each, and what we say. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Alter,
  accuracyEntries,
  auditEntries,
  auditLog,
  changed,
  detail,
  edit,
  entryData,
  entryField,
  estimate,
  flipByte,
  inBoth,
  inDetail,
  inSummary,
  rateTimes,
  setValue,
  summary,
  swapValues,
  withData,
  withoutAuditedSample,
  withValue,
} from './alterLogs.js';
import type { AuditedRun, BASE_RUNS } from './auditedRun.js';

/** `crash`: the script ended with an exception, so that it has no opinion; who runs it reads that as no pass. */
export type OfficialVerdict = 'PASS' | 'FAIL' | 'crash';

export interface Alteration {
  readonly name: string;
  readonly audit: 'TEST01' | 'TEST04';
  readonly of: keyof typeof BASE_RUNS;
  readonly alter: Alter;
  /** In TEST04 there is no accuracy. */
  readonly official: { readonly accuracy?: OfficialVerdict; readonly performance: OfficialVerdict };
  /** The code of a finding of ours; undefined where we pass it. */
  readonly finding: string | undefined;
  /** Where we fail what the official scripts pass: why. */
  readonly stricter?: string;
}

type Rest = Pick<Alteration, 'finding'> & Partial<Pick<Alteration, 'of' | 'stricter'>>;

/** Of TEST01's responses: performance is as it was. */
function responses(name: string, alter: Alter, accuracy: OfficialVerdict, rest: Rest): Alteration {
  return { name, audit: 'TEST01', of: 'SingleStream', alter, official: { accuracy, performance: 'PASS' }, ...rest };
}

/** Of TEST01's performance or settings: responses are as they were. */
function speed01(name: string, alter: Alter, performance: OfficialVerdict, rest: Rest): Alteration {
  return { name, audit: 'TEST01', of: 'SingleStream', alter, official: { accuracy: 'PASS', performance }, ...rest };
}

function speed04(name: string, alter: Alter, performance: OfficialVerdict, rest: Rest): Alteration {
  return { name, audit: 'TEST04', of: 'SingleStream', alter, official: { performance }, ...rest };
}

const PASS = { finding: undefined };
const SCORE = { finding: 'AUDIT_SCORE' };
const FIRST_BYTE_ONLY = 'the official script compares the first byte only';
const NOT_COUNTED = 'the official script needs one entry that matches, and no more';
const NO_SETTINGS = 'the official script does not look at how the run was made';

export const ALTERATIONS: readonly Alteration[] = [
  responses('as it was', () => {}, 'PASS', PASS),
  responses('the first byte changed', entryData(5, flipByte(0)), 'FAIL', { finding: 'AUDIT_FIRST_BYTE' }),
  // A value of 0 becomes one of 2^-125: the decision is the same.
  responses('the last byte changed', entryData(5, flipByte(31)), 'PASS', PASS),
  responses('another value', entryData(5, withValue(3, '000080C0')), 'PASS', {
    finding: 'AUDIT_UNLIKE',
    stricter: FIRST_BYTE_ONLY,
  }),
  responses('another decision', entryData(5, swapValues(4, 5)), 'PASS', {
    finding: 'AUDIT_DECISION',
    stricter: FIRST_BYTE_ONLY,
  }),
  responses('NaN', entryData(5, withValue(3, '0000C07F')), 'PASS', {
    finding: 'AUDIT_NOT_FINITE',
    stricter: FIRST_BYTE_ONLY,
  }),
  responses('infinity', entryData(5, withValue(3, '0000807F')), 'PASS', {
    finding: 'AUDIT_NOT_FINITE',
    stricter: FIRST_BYTE_ONLY,
  }),
  responses(
    'a value short',
    entryData(5, (hex) => hex.slice(0, -8)),
    'PASS',
    {
      finding: 'AUDIT_RESPONSE_SIZE',
      stricter: FIRST_BYTE_ONLY,
    },
  ),
  responses(
    'a value too many',
    entryData(5, (hex) => `${hex}00000000`),
    'PASS',
    {
      finding: 'AUDIT_RESPONSE_SIZE',
      stricter: FIRST_BYTE_ONLY,
    },
  ),
  responses(
    'no data',
    entryData(5, () => ''),
    'FAIL',
    { finding: 'AUDIT_RESPONSE_SIZE' },
  ),
  responses(
    'no hex digits',
    entryData(5, (hex) => `XY${hex.slice(2)}`),
    'crash',
    { finding: 'REPORT_ACCURACY_LOG' },
  ),
  responses(
    'a byte that is not UTF-8',
    (run) => {
      const [file, text] = [auditLog(run), readFileSync(auditLog(run), 'latin1')];
      writeFileSync(file, text.replace('"seq_id"', '"x" : "\xFF", "seq_id"'), 'latin1');
    },
    'crash',
    { finding: 'REPORT_ACCURACY_LOG' },
  ),
  responses(
    'lists in lists',
    auditEntries((all) => all.map((entry) => entry.replace('{', `{ "x" : ${'['.repeat(9999)}${']'.repeat(9999)},`))),
    'crash',
    { finding: 'REPORT_ACCURACY_LOG' },
  ),
  responses(
    'half a byte too many',
    entryData(5, (hex) => `${hex}0`),
    'crash',
    { finding: 'REPORT_ACCURACY_LOG' },
  ),
  responses(
    'an entry removed',
    auditEntries((all) => all.toSpliced(5, 1)),
    'PASS',
    {
      finding: 'AUDIT_MISSING_ENTRY',
      stricter: NOT_COUNTED,
    },
  ),
  responses(
    'all entries but one removed',
    auditEntries((all) => all.slice(0, 1)),
    'PASS',
    {
      finding: 'AUDIT_MISSING_ENTRY',
      stricter: NOT_COUNTED,
    },
  ),
  responses(
    'no entries',
    auditEntries(() => []),
    'FAIL',
    { finding: 'AUDIT_NO_RESPONSES' },
  ),
  responses(
    'an entry twice',
    auditEntries((all) => [...all, ...all.slice(5, 6)]),
    'PASS',
    {
      finding: 'AUDIT_REPEATED_ENTRY',
      stricter: NOT_COUNTED,
    },
  ),
  responses(
    'an entry too many',
    auditEntries((all) => [...all, changed(all[5], /"seq_id" : \d+/, '"seq_id" : 0')]),
    'PASS',
    {
      finding: 'AUDIT_SURPLUS_ENTRY',
      stricter: NOT_COUNTED,
    },
  ),
  responses('an entry beyond the run', entryField(5, 'seq_id', 700_000), 'PASS', {
    finding: 'AUDIT_SURPLUS_ENTRY',
    stricter: NOT_COUNTED,
  }),
  responses('an unknown sample', entryField(5, 'qsl_idx', 4000), 'PASS', {
    finding: 'AUDIT_UNKNOWN_SAMPLE',
    stricter: NOT_COUNTED,
  }),
  responses('the response to another sample', entryField(5, 'qsl_idx', 39), 'FAIL', { finding: 'AUDIT_OTHER_SAMPLE' }),
  responses('a log cut off', (run) => edit(auditLog(run), (text) => text.slice(0, -40)), 'crash', {
    finding: 'REPORT_LOG_TRUNCATED',
  }),
  responses(
    'a log shortened for submission',
    (run) => edit(auditLog(run), (text) => `${text.slice(0, 4096)}\n\n...\n\n${text.slice(-4096)}`),
    'crash',
    {
      finding: 'REPORT_LOG_SHORTENED',
    },
  ),
  responses('no log', (run) => rmSync(auditLog(run)), 'crash', { finding: 'REPORT_LOG_MISSING' }),
  responses('an accuracy run without a sample', accuracyEntries(withoutAuditedSample), 'PASS', {
    finding: 'AUDIT_UNKNOWN_SAMPLE',
    stricter: NOT_COUNTED,
  }),
  responses(
    'an accuracy run of no samples',
    accuracyEntries(() => []),
    'PASS',
    {
      finding: 'AUDIT_NO_RESPONSES',
      stricter: "the official script takes the audit's own first response to a sample for the accuracy run's",
    },
  ),
  responses(
    'an accuracy run with two answers',
    accuracyEntries((all) => [...all, withData(all[5], flipByte(31))]),
    'PASS',
    {
      finding: 'AUDIT_REFERENCE_REPEATED',
      stricter: 'the official script counts such answers and takes the first',
    },
  ),
  responses(
    'an accuracy run with a sample beyond the library',
    accuracyEntries((all) => [...all, changed(all[5], /"qsl_idx" : \d+/, '"qsl_idx" : 40')]),
    'PASS',
    {
      finding: 'AUDIT_REFERENCE_SAMPLE',
      stricter: 'the official script does not ask how many samples there are',
    },
  ),
  responses(
    'no accuracy log',
    (run) => rmSync(join(run.scenarioFolder, 'accuracy/mlperf_log_accuracy.json')),
    'crash',
    {
      finding: 'REPORT_LOG_MISSING',
    },
  ),

  ...tolerances('SingleStream', 'early_stopping_latency_ss', [900_000, 1_100_000], [899_999, 1_100_001]),
  ...tolerances('shortSingleStream', 'early_stopping_latency_ss', [120_000, 180_000], [119_999, 180_001]),
  ...tolerances('MultiStream', 'early_stopping_latency_ms', [1_200_000, 1_800_000], [1_199_999, 1_800_001]),
  ...tolerances('Server', 'result_completed_samples_per_sec', [0.901, 1.099], [0.899, 1.101]),
  ...tolerances('Offline', 'result_samples_per_second', [0.901, 1.099], [0.899, 1.101]),
  speed01('both scores 0', inBoth('early_stopping_latency_ss', '0'), 'PASS', {
    ...SCORE,
    stricter: 'a 0 stands for too few queries',
  }),
  speed01('the audit INVALID', inDetail('TEST01', 'result_validity', '"INVALID"'), 'FAIL', {
    finding: 'AUDIT_INVALID',
  }),
  speed01('the run INVALID', inDetail('.', 'result_validity', '"INVALID"'), 'FAIL', { finding: 'AUDIT_INVALID' }),
  speed01('the audit of another scenario', inDetail('TEST01', 'effective_scenario', '"MultiStream"'), 'FAIL', {
    finding: 'AUDIT_OTHER_SETTINGS',
  }),
  speed01('an unknown scenario', inDetail('TEST01', 'effective_scenario', '"Streaming"'), 'crash', {
    finding: 'AUDIT_OTHER_SETTINGS',
  }),
  speed01('another bound of latency', inDetail('TEST01', 'effective_target_latency_ns', '7'), 'FAIL', {
    finding: 'AUDIT_OTHER_SETTINGS',
    of: 'Server',
  }),
  speed01('errors in the audit', inDetail('TEST01', 'num_errors', '1'), 'crash', { finding: 'AUDIT_ERRORS' }),
  speed01('errors in the run', inDetail('.', 'num_errors', '1'), 'crash', { finding: 'AUDIT_ERRORS' }),
  speed01('a detail log cut off', (run) => edit(detail(run, 'TEST01'), (text) => text.slice(0, -40)), 'crash', {
    finding: 'REPORT_LOG_TRUNCATED',
  }),
  speed01('fewer responses asked for', inDetail('TEST01', 'effective_accuracy_log_sampling_target', '200'), 'PASS', {
    finding: 'AUDIT_SETTING',
    stricter: NO_SETTINGS,
  }),
  ...unreadable01('.'),
  ...unreadable01('TEST01'),
  ...Object.entries({
    accuracy_log_rng_seed: '720381539243781797',
    accuracy_log_sampling_target: '0',
    test_mode: '"AccuracyOnly"',
    sample_index_rng_seed: '2747215439041700204',
    min_duration_ms: '600000',
    performance_sample_count: '21',
  }).map(([name, text]) =>
    speed01(`effective_${name} ${text}`, inDetail('TEST01', `effective_${name}`, text), 'PASS', {
      finding: name.startsWith('accuracy')
        ? 'AUDIT_SETTING'
        : name === 'test_mode'
          ? 'AUDIT_MODE'
          : 'AUDIT_OTHER_SETTINGS',
      stricter: NO_SETTINGS,
    }),
  ),
  ...['sut_name', 'sut_model_sha256', 'dataset_sha256', 'loadgen_version', 'qsl_name'].map((key) =>
    speed01(`another ${key}`, inDetail('TEST01', key, '"another"'), 'PASS', {
      finding: 'AUDIT_OTHER_SYSTEM',
      stricter: NO_SETTINGS,
    }),
  ),

  speed04('as it was', () => {}, 'PASS', PASS),
  speed04('much slower', estimate('TEST04', 9_000_000), 'PASS', PASS),
  speed04('faster by just less than 20 %', estimate('TEST04', 833_334), 'PASS', PASS),
  speed04('faster by just more than 20 %', estimate('TEST04', 833_333), 'FAIL', SCORE),
  // At 4 microseconds, the score is above 200,000 per second, and the tolerance 10 %.
  speed04('faster by just less than 10 %', estimate('TEST04', 3_637), 'PASS', { ...PASS, of: 'shortestSingleStream' }),
  speed04('faster by just more than 10 %', estimate('TEST04', 3_636), 'FAIL', { ...SCORE, of: 'shortestSingleStream' }),
  speed04('faster by just less than 20 %', estimate('TEST04', 1_250_001), 'PASS', { ...PASS, of: 'MultiStream' }),
  speed04('faster by just more than 20 %', estimate('TEST04', 1_249_999), 'FAIL', { ...SCORE, of: 'MultiStream' }),
  ...(['Server', 'Offline'] as const).flatMap((of) => [
    speed04('faster by 9.9 %', rateTimes(1.099), 'PASS', { ...PASS, of }),
    speed04('faster by 10.1 %', rateTimes(1.101), 'FAIL', { ...SCORE, of }),
    speed04('slower by half', rateTimes(0.5), 'PASS', { ...PASS, of }),
  ]),
  speed04('the audit INVALID', inSummary('TEST04', /Result is : VALID/, 'Result is : INVALID'), 'FAIL', {
    finding: 'AUDIT_INVALID',
  }),
  speed04('the run INVALID', inSummary('.', /Result is : VALID/, 'Result is : INVALID'), 'FAIL', {
    finding: 'AUDIT_INVALID',
  }),
  speed04('the audit of another scenario', inSummary('TEST04', /Scenario : \w+/, 'Scenario : MultiStream'), 'FAIL', {
    finding: 'AUDIT_OTHER_SCENARIO',
  }),
  speed04('no score of the run', inSummary('.', /.*90.0th percentile estimate.*\n/, ''), 'FAIL', {
    finding: 'AUDIT_NO_SCORE',
  }),
  speed04('no score of the audit', inSummary('TEST04', /.*90.0th percentile estimate.*\n/, ''), 'PASS', {
    finding: 'AUDIT_NO_SCORE',
    stricter: 'to the official script, none is 0, and so not too fast',
  }),
  speed04('a score that is no number', inSummary('TEST04', /(90.0th percentile estimate: )\d+/, '$1?'), 'crash', {
    finding: 'AUDIT_NO_SCORE',
  }),
  speed04(
    'a score before the scenario',
    inSummary('.', /(.*Scenario.*\n)([\s\S]*)(.*90.0th percentile estimate.*\n)/, '$3$1$2'),
    'FAIL',
    {
      finding: 'AUDIT_NO_SCORE',
    },
  ),
  speed04(
    'INVALID after a carriage return',
    inSummary('TEST04', /Result is/, 'x\rResult is : INVALID\nResult is'),
    'FAIL',
    {
      finding: 'AUDIT_LOG_SYNTAX',
    },
  ),
  speed04('a byte in the summary that is not UTF-8', withByteFF, 'crash', { finding: 'AUDIT_LOG_SYNTAX' }),
  speed04('no summary', (run) => rmSync(summary(run, 'TEST04')), 'crash', { finding: 'REPORT_LOG_MISSING' }),
  speed04('no verdict in the summary', inSummary('TEST04', /Result is .*\n/, ''), 'PASS', {
    finding: 'AUDIT_INVALID',
    stricter: 'the official script only looks for INVALID',
  }),
  speed04('errors in the audit', inDetail('TEST04', 'num_errors', '1'), 'PASS', {
    finding: 'AUDIT_ERRORS',
    stricter: 'a log with errors is no result; the official script of TEST01 passes none either',
  }),
  ...Object.entries({ performance_issue_same: 'false', performance_issue_same_index: '4' }).map(([name, text]) =>
    speed04(`effective_${name} ${text}`, inDetail('TEST04', `effective_${name}`, text), 'PASS', {
      finding: 'AUDIT_SETTING',
      stricter: NO_SETTINGS,
    }),
  ),
];

function withByteFF(run: AuditedRun): void {
  writeFileSync(summary(run, 'TEST04'), `${readFileSync(summary(run, 'TEST04'), 'latin1')}\xFF\n`, 'latin1');
}

/** What our reader understands of a detail log and the official one does not. */
function unreadable01(of: string): Alteration[] {
  const alterations: Record<string, (text: string) => string> = {
    'a comment before the first line': (text) => `# x\n${text}`,
    'a byte order mark': (text) => `\uFEFF${text}`,
    'quotes inside a string': (text) => text.replace(/("key": "sut_name", "value": ")/, '$1"'),
    'an infinite figure': (text) =>
      text.replace(/("key": "effective_target_latency_percentile", "value": )[\d.]+/, '$1inf'),
    'a line ended within': (text) => text.replace(':::MLLOG {', ':::MLLOG {\r'),
    'a number of 5000 digits': (text) => text.replace('"time_ms": ', `"x": ${'1'.repeat(5000)}, "time_ms": `),
    'lists in lists': (text) => text.replace('"time_ms": ', `"x": ${'['.repeat(9999)}${']'.repeat(9999)}, "time_ms": `),
  };
  return Object.entries(alterations).map(([name, change]) =>
    speed01(`${of}: ${name}`, (run) => edit(detail(run, of), change), 'crash', { finding: 'AUDIT_LOG_SYNTAX' }),
  );
}

/** Latencies as they are, rates as a multiple of the run's. */
function tolerances(
  of: Alteration['of'],
  key: string,
  inside: readonly number[],
  outside: readonly number[],
): Alteration[] {
  const altered = (score: number) => (run: AuditedRun) => {
    const found = Number(
      new RegExp(`"key": "${key}", "value": ([^,]*)`).exec(readFileSync(detail(run, '.'), 'utf8'))?.[1],
    );
    setValue(detail(run, 'TEST01'), key, String(score < 10 ? found * score : score));
  };
  return [
    ...inside.map((score) => speed01(`${key} ${score}`, altered(score), 'PASS', { ...PASS, of })),
    ...outside.map((score) => speed01(`${key} ${score}`, altered(score), 'FAIL', { ...SCORE, of })),
  ];
}
