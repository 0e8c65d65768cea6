import assert from 'node:assert/strict';
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { checkSubmission } from '../../submission/checkSubmission.js';
import { type Finding, faultsIn } from '../../submission/finding.js';
import type { Division } from '../../submission/names.js';
import { editJson, editText, newFolder, newRun, newTree } from './submissionFolders.js';

const trees: Partial<Record<Division, string>> = {};

before(async () => {
  const run = await newRun();
  trees.closed = await newTree('closed', run);
  trees.open = await newTree('open', run);
});

function copyOf(division: Division): string {
  const original = trees[division];
  assert.ok(original);
  const tree = join(newFolder(), 'tree');
  cpSync(original, tree, { recursive: true });
  return tree;
}

async function findingsOf(tree: string, privateNames: readonly string[] = []): Promise<readonly Finding[]> {
  return (await checkSubmission({ tree, privateNames })).findings;
}

for (const division of ['closed', 'open'] as const) {
  test(`a whole ${division} tree has no findings, and two results`, async () => {
    const { findings, results } = await checkSubmission({ tree: copyOf(division), privateNames: [] });
    assert.deepEqual(findings, []);
    assert.deepEqual(
      results.map(({ scenario }) => scenario),
      ['SingleStream', 'Offline'],
    );
  });
}

const SYSTEM = 'closed/Example/systems/box-1.json';
const SINGLE = 'closed/Example/results/box-1/sphereface20/SingleStream';
const OFFLINE = 'closed/Example/results/box-1/sphereface20/Offline';
const DETAIL = 'mlperf_log_detail.txt';
const OTHER_DIGEST = 'ab'.repeat(32);

type Alteration = (tree: string) => void;

/** The value of a key in a detail log, as it stands there. */
function logValue(file: string, key: string, valueText: string): Alteration {
  return (tree) =>
    editText(join(tree, file), (text) =>
      text.replace(new RegExp(`("key": "${key}", "value": )(?:"[^"]*"|[^,]*)`), (_, start) => `${start}${valueText}`),
    );
}

function text(file: string, pattern: RegExp | string, replacement: string): Alteration {
  return (tree) => editText(join(tree, file), (content) => content.replace(pattern, replacement));
}

function inAllLogs(scenario: string, key: string, valueText: string): Alteration {
  const folders = ['accuracy', 'performance/run_1', 'TEST01/performance/run_1', 'TEST04/performance/run_1'];
  return (tree) => {
    for (const folder of folders) logValue(`${scenario}/${folder}/${DETAIL}`, key, valueText)(tree);
  };
}

/** Takes no place on most disks. */
function largeFile(file: string): void {
  writeFileSync(file, '');
  truncateSync(file, 51 << 20);
}

const PERFORMANCE = `${SINGLE}/performance/run_1/${DETAIL}`;
const OFFLINE_PERFORMANCE = `${OFFLINE}/performance/run_1/${DETAIL}`;
const ACCURACY = `${SINGLE}/accuracy/${DETAIL}`;
const ACCURACY_TEXT = `${SINGLE}/accuracy/accuracy.txt`;

/** What is altered, and a finding that it has to bring: its file, its key, and what it says was found. */
const ALTERATIONS: readonly (readonly [string, Alteration, string, string | null, RegExp])[] = [
  [
    'an INVALID result',
    logValue(PERFORMANCE, 'result_validity', '"INVALID"'),
    PERFORMANCE,
    'result_validity',
    /INVALID/,
  ],
  ['an error line', text(PERFORMANCE, '"is_error": false', '"is_error": true'), PERFORMANCE, 'is_error', /6\.0\.17/],
  ['an error in an accuracy run', text(ACCURACY, '"is_error": false', '"is_error": true'), ACCURACY, 'is_error', /./],
  [
    'another seed',
    logValue(PERFORMANCE, 'effective_qsl_rng_seed', '2085463073848966841'),
    PERFORMANCE,
    'effective_qsl_rng_seed',
    /6841/,
  ],
  [
    'another seed in TEST04',
    logValue(`${SINGLE}/TEST04/performance/run_1/${DETAIL}`, 'effective_schedule_rng_seed', '1'),
    `${SINGLE}/TEST04/performance/run_1/${DETAIL}`,
    'effective_schedule_rng_seed',
    /1/,
  ],
  [
    'a short duration asked for',
    logValue(PERFORMANCE, 'effective_min_duration_ms', '599999'),
    PERFORMANCE,
    'effective_min_duration_ms',
    /599999/,
  ],
  [
    'a SingleStream run that was short',
    logValue(PERFORMANCE, 'result_query_count', '5999'),
    PERFORMANCE,
    'result_query_count',
    /599\.900 s/,
  ],
  [
    'an Offline run that was short',
    logValue(OFFLINE_PERFORMANCE, 'result_max_latency_ns', '599999999999'),
    OFFLINE_PERFORMANCE,
    'result_query_count',
    /a run of 600\.000 s/,
  ],
  [
    'duration not met',
    logValue(PERFORMANCE, 'result_min_duration_met', 'false'),
    PERFORMANCE,
    'result_min_duration_met',
    /false/,
  ],
  [
    'queries not met',
    logValue(PERFORMANCE, 'result_min_queries_met', 'false'),
    PERFORMANCE,
    'result_min_queries_met',
    /false/,
  ],
  [
    'early stopping not met',
    logValue(PERFORMANCE, 'early_stopping_met', 'false'),
    PERFORMANCE,
    'early_stopping_met',
    /false/,
  ],
  [
    'a smaller performance set',
    logValue(PERFORMANCE, 'effective_performance_sample_count', '599'),
    PERFORMANCE,
    'effective_performance_sample_count',
    /599/,
  ],
  [
    'fewer samples in Offline',
    logValue(OFFLINE_PERFORMANCE, 'effective_samples_per_query', '599'),
    OFFLINE_PERFORMANCE,
    'effective_samples_per_query',
    /599/,
  ],
  [
    'another percentile',
    logValue(PERFORMANCE, 'effective_target_latency_percentile', '0.5'),
    PERFORMANCE,
    'effective_target_latency_percentile',
    /0\.5/,
  ],
  [
    'a smaller accuracy set',
    logValue(ACCURACY, 'effective_accuracy_sample_count', '60'),
    ACCURACY,
    'effective_accuracy_sample_count',
    /60/,
  ],
  [
    'a run with --unverified',
    text(PERFORMANCE, '"sut_workers", "value": "2"', '"sut_unverified", "value": "true"'),
    PERFORMANCE,
    'sut_unverified',
    /true/,
  ],
  ['skipped pairs', logValue(ACCURACY, 'dataset_skipped_pairs', '"3"'), ACCURACY, 'dataset_skipped_pairs', /3/],
  [
    'an accuracy run that was broken off',
    text(ACCURACY, /^/, `:::MLLOG {"key": "result_validity", "value": "INVALID", "metadata": {}}\n`),
    ACCURACY,
    'result_validity',
    /INVALID/,
  ],
  ['another LoadGen', logValue(PERFORMANCE, 'loadgen_version', '"5.0.25"'), PERFORMANCE, 'loadgen_version', /5\.0\.25/],
  [
    "an accuracy log in performance's place",
    (tree) => cpSync(join(tree, ACCURACY), join(tree, PERFORMANCE)),
    PERFORMANCE,
    'effective_test_mode',
    /AccuracyOnly/,
  ],
  [
    "a performance log in accuracy's place",
    (tree) => cpSync(join(tree, PERFORMANCE), join(tree, ACCURACY)),
    ACCURACY,
    'effective_test_mode',
    /PerformanceOnly/,
  ],
  [
    "another scenario's log",
    (tree) => cpSync(join(tree, OFFLINE_PERFORMANCE), join(tree, PERFORMANCE)),
    PERFORMANCE,
    'effective_scenario',
    /Offline/,
  ],
  [
    "an audit's log in performance's place",
    (tree) => cpSync(join(tree, `${SINGLE}/TEST04/performance/run_1/${DETAIL}`), join(tree, PERFORMANCE)),
    PERFORMANCE,
    'effective_performance_issue_same',
    /true/,
  ],
  [
    "a plain log in TEST04's place",
    (tree) => cpSync(join(tree, PERFORMANCE), join(tree, `${SINGLE}/TEST04/performance/run_1/${DETAIL}`)),
    `${SINGLE}/TEST04/performance/run_1/${DETAIL}`,
    'effective_performance_issue_same',
    /false/,
  ],
  [
    "a plain log in TEST01's place",
    (tree) => cpSync(join(tree, PERFORMANCE), join(tree, `${SINGLE}/TEST01/performance/run_1/${DETAIL}`)),
    `${SINGLE}/TEST01/performance/run_1/${DETAIL}`,
    'effective_accuracy_log_rng_seed',
    /0/,
  ],
  ['a log cut off', text(PERFORMANCE, /[^}]{5}\}\}\n$/, ''), PERFORMANCE, null, /REPORT_LOG_TRUNCATED/],
  [
    'a log of nothing',
    (tree) => writeFileSync(join(tree, PERFORMANCE), 'nothing\n'),
    PERFORMANCE,
    null,
    /REPORT_DETAIL_LOG/,
  ],
  [
    'a key that stands twice',
    text(PERFORMANCE, /^/, ':::MLLOG {"key": "result_validity", "value": "VALID", "metadata": {}}\n'),
    PERFORMANCE,
    'result_validity',
    /2 lines/,
  ],
  [
    'a summary that says INVALID',
    text(`${SINGLE}/performance/run_1/mlperf_log_summary.txt`, 'Result is : VALID', 'Result is : INVALID'),
    `${SINGLE}/performance/run_1/mlperf_log_summary.txt`,
    'Result is',
    /INVALID/,
  ],
  [
    'accuracy below the target',
    text(ACCURACY_TEXT, /^accuracy=.*/, 'accuracy=90.667%, good=544, total=600'),
    ACCURACY_TEXT,
    'accuracy',
    /90\.667/,
  ],
  [
    'accuracy that does not fit its counts',
    text(ACCURACY_TEXT, /^accuracy=[\d.]+/, 'accuracy=99.000'),
    ACCURACY_TEXT,
    'accuracy',
    /99\.000/,
  ],
  ['another threshold', text(ACCURACY_TEXT, /^threshold=.*$/m, 'threshold=0.42'), ACCURACY_TEXT, 'threshold', /0\.42/],
  ['no hash line', text(ACCURACY_TEXT, /^hash=.*\n/m, ''), ACCURACY_TEXT, 'hash', /0 lines/],
  ['two hash lines', text(ACCURACY_TEXT, /$/, `hash=${OTHER_DIGEST}\n`), ACCURACY_TEXT, 'hash', /2 lines/],
  [
    'a whole accuracy log',
    (tree) => appendFileSync(join(tree, SINGLE, 'accuracy/mlperf_log_accuracy.json'), 'x'.repeat(3000)),
    `${SINGLE}/accuracy/mlperf_log_accuracy.json`,
    null,
    /11199 bytes/,
  ],
  [
    'an accuracy log that is not both ends',
    (tree) => writeFileSync(join(tree, SINGLE, 'accuracy/mlperf_log_accuracy.json'), '[\n]\n'),
    `${SINGLE}/accuracy/mlperf_log_accuracy.json`,
    null,
    /other bytes/,
  ],
  [
    "TEST01's log of another digest",
    (tree) => writeFileSync(join(tree, SINGLE, 'TEST01/accuracy/mlperf_log_accuracy.json'), '[]'),
    `${SINGLE}/TEST01/accuracy/mlperf_log_accuracy.json`,
    null,
    /other bytes/,
  ],
  [
    'a failed audit',
    text(`${OFFLINE}/TEST01/verify_accuracy.txt`, 'TEST PASS', 'TEST FAIL'),
    `${OFFLINE}/TEST01/verify_accuracy.txt`,
    null,
    /TEST FAIL/,
  ],
  [
    'an audit without a verdict',
    text(`${OFFLINE}/TEST04/verify_performance.txt`, 'TEST PASS', 'PASS'),
    `${OFFLINE}/TEST04/verify_performance.txt`,
    null,
    /no such line/,
  ],
  [
    'no TEST04',
    (tree) => rmSync(join(tree, OFFLINE, 'TEST04'), { recursive: true }),
    `${OFFLINE}/TEST04/performance/run_1/${DETAIL}`,
    null,
    /no such file/,
  ],
  ['no Offline', (tree) => rmSync(join(tree, OFFLINE), { recursive: true }), OFFLINE, null, /no such folder/],
  [
    'another engine in one test',
    logValue(PERFORMANCE, 'sut_engine', '"another"'),
    PERFORMANCE,
    'sut_engine',
    /another/,
  ],
  [
    'another precision in one test',
    logValue(PERFORMANCE, 'sut_precision', '"int8"'),
    PERFORMANCE,
    'sut_precision',
    /int8/,
  ],
  [
    'another data set in one test',
    logValue(PERFORMANCE, 'dataset_sha256', `"${OTHER_DIGEST}"`),
    PERFORMANCE,
    'dataset_sha256',
    /abab/,
  ],
  [
    'another data set in one scenario',
    inAllLogs(OFFLINE, 'dataset_sha256', `"${'cd'.repeat(32)}"`),
    `${OFFLINE}/accuracy/${DETAIL}`,
    'dataset_sha256',
    /cdcd/,
  ],
  [
    'weights of another model',
    inAllLogs(SINGLE, 'sut_weights_sha256', `"${OTHER_DIGEST}"`),
    ACCURACY,
    'sut_weights_sha256',
    /abab/,
  ],
  ['a model without a name', logValue(ACCURACY, 'sut_model', '""'), ACCURACY, 'sut_model', /""/],
  [
    'a model without rules',
    (tree) => renameSync(join(tree, SINGLE, '..'), join(tree, SINGLE, '../../resnet')),
    'closed/Example/results/box-1/resnet',
    null,
    /resnet/,
  ],
  ['an empty required key', (tree) => editJson(join(tree, SYSTEM), { cooling: '' }), SYSTEM, 'cooling', /nothing/],
  ['a placeholder', (tree) => editJson(join(tree, SYSTEM), { hw_notes: 'TBD' }), SYSTEM, 'hw_notes', /TBD/],
  [
    'a key that lacks',
    (tree) => editJson(join(tree, SYSTEM), { host_processor_caches: undefined }),
    SYSTEM,
    'host_processor_caches',
    /no such key/,
  ],
  ['an unknown status', (tree) => editJson(join(tree, SYSTEM), { status: 'soon' }), SYSTEM, 'status', /soon/],
  ['another division inside', (tree) => editJson(join(tree, SYSTEM), { division: 'open' }), SYSTEM, 'division', /open/],
  [
    'another submitter inside',
    (tree) => editJson(join(tree, SYSTEM), { submitter: 'Other' }),
    SYSTEM,
    'submitter',
    /Other/,
  ],
  [
    'another type of system',
    (tree) => editJson(join(tree, SYSTEM), { system_type: 'datacenter' }),
    SYSTEM,
    'system_type',
    /datacenter/,
  ],
  [
    'cores that are no number',
    (tree) => editJson(join(tree, SYSTEM), { host_processor_core_count: 'two' }),
    SYSTEM,
    'host_processor_core_count',
    /two/,
  ],
  [
    'a number that is no text',
    (tree) => editJson(join(tree, SYSTEM), { host_processors_per_node: 1 }),
    SYSTEM,
    'host_processors_per_node',
    /^1, which is no text/,
  ],
  ['a description that is not JSON', (tree) => writeFileSync(join(tree, SYSTEM), '{'), SYSTEM, null, /JSON/],
  ['no description', (tree) => rmSync(join(tree, SYSTEM)), SYSTEM, null, /no such file/],
  [
    'a system without results',
    (tree) => rmSync(join(tree, 'closed/Example/results'), { recursive: true }),
    SYSTEM,
    null,
    /no results/,
  ],
  [
    'no source',
    (tree) => rmSync(join(tree, 'closed/Example/src'), { recursive: true }),
    'closed/Example/src',
    null,
    /no such folder/,
  ],
  [
    'measurements without a value',
    (tree) => editJson(join(tree, SINGLE, 'measurements.json'), { retraining: '' }),
    `${SINGLE}/measurements.json`,
    'retraining',
    /nothing/,
  ],
  [
    'measurements without a key',
    (tree) => editJson(join(tree, SINGLE, 'measurements.json'), { retraining: undefined }),
    `${SINGLE}/measurements.json`,
    null,
    /retraining/,
  ],
  [
    'measurements of another precision',
    (tree) => editJson(join(tree, SINGLE, 'measurements.json'), { weight_data_types: 'int8' }),
    `${SINGLE}/measurements.json`,
    'weight_data_types',
    /int8/,
  ],
  ['no README', (tree) => rmSync(join(tree, SINGLE, 'README.md')), `${SINGLE}/README.md`, null, /no such file/],
  [
    'an empty user.conf',
    (tree) => writeFileSync(join(tree, SINGLE, 'user.conf'), ''),
    `${SINGLE}/user.conf`,
    null,
    /empty/,
  ],
  [
    'a stray file',
    (tree) => writeFileSync(join(tree, SINGLE, 'performance/run_1/mlperf_log_trace.json'), '[]'),
    `${SINGLE}/performance/run_1/mlperf_log_trace.json`,
    null,
    /does not belong/,
  ],
  ['a file at the top', (tree) => writeFileSync(join(tree, 'notes.txt'), 'x'), 'notes.txt', null, /does not belong/],
  ['a hidden file', (tree) => writeFileSync(join(tree, 'closed/.DS_Store'), 'x'), 'closed/.DS_Store', null, /the name/],
  [
    'a name with a space',
    (tree) => writeFileSync(join(tree, 'closed/Example/src/a b.txt'), 'x'),
    'closed/Example/src/a b.txt',
    null,
    /the name/,
  ],
  ['an empty folder', (tree) => mkdirSync(join(tree, 'closed/Other')), 'closed/Other', null, /empty folder/],
  [
    'a huge file',
    (tree) => largeFile(join(tree, 'closed/Example/src/large.bin')),
    'closed/Example/src/large.bin',
    null,
    /bytes/,
  ],
  [
    'a huge accuracy.txt',
    (tree) => truncateSync(join(tree, SINGLE, 'accuracy/accuracy.txt'), 600 << 20),
    `${SINGLE}/accuracy/accuracy.txt`,
    null,
    /629145600 bytes; at most/,
  ],
  [
    'a huge summary',
    (tree) => truncateSync(join(tree, SINGLE, 'performance/run_1/mlperf_log_summary.txt'), 600 << 20),
    `${SINGLE}/performance/run_1/mlperf_log_summary.txt`,
    null,
    /629145600 bytes; at most/,
  ],
  ...[PERFORMANCE, `${SINGLE}/accuracy/accuracy.txt`, `${SINGLE}/TEST01/verify_accuracy.txt`].map(
    (file): (typeof ALTERATIONS)[number] => [
      `bytes that are not UTF-8 in ${file}`,
      (tree) => appendFileSync(join(tree, file), Buffer.from([0xff, 0x0a])),
      file,
      null,
      /not UTF-8/,
    ],
  ),
  [
    "a user's path in the source",
    (tree) => writeFileSync(join(tree, 'closed/Example/src/run.sh'), 'cd /home/somebody/x\n'),
    'closed/Example/src/run.sh',
    null,
    /somebody/,
  ],
  ['an unknown key', (tree) => editJson(join(tree, SYSTEM), { is_network: 'true' }), SYSTEM, 'is_network', /unknown/],
  [
    'a submitter with nothing but source',
    (tree) => cpSync(join(tree, 'closed/Example/src'), join(tree, 'closed/Other/src'), { recursive: true }),
    'closed/Other',
    null,
    /no system description/,
  ],
  ...[PERFORMANCE, ACCURACY, `${OFFLINE}/TEST04/performance/run_1/${DETAIL}`].map(
    (file): (typeof ALTERATIONS)[number] => [
      `another first line in ${file}`,
      (tree) => editText(join(tree, file), (content) => `# \n${content}`),
      file,
      null,
      /"# "/,
    ],
  ),
  ['a quote in a name', logValue(PERFORMANCE, 'sut_name', '"an "engine""'), PERFORMANCE, null, /an "engine"/],
  ['an entry without is_error', text(PERFORMANCE, '"is_error": false, ', ''), PERFORMANCE, null, /MLLOG/],
  ['another space behind the mark', text(PERFORMANCE, 'MLLOG ', 'MLLOG\u00a0'), PERFORMANCE, null, /MLLOG/],
  ...['0', '-1', '"fast"', 'inf'].flatMap((value): (typeof ALTERATIONS)[number][] => [
    [
      `SingleStream's score: ${value}`,
      logValue(PERFORMANCE, 'early_stopping_latency_ss', value),
      PERFORMANCE,
      'early_stopping_latency_ss',
      /./,
    ],
    [
      `Offline's score: ${value}`,
      logValue(OFFLINE_PERFORMANCE, 'result_samples_per_second', value),
      OFFLINE_PERFORMANCE,
      'result_samples_per_second',
      /./,
    ],
  ]),
  [
    'the layout of another version',
    (tree) => cpSync(join(tree, SINGLE), join(tree, 'closed/Example/measurements/box-1'), { recursive: true }),
    'closed/Example/measurements/box-1/measurements.json',
    null,
    /does not belong/,
  ],
  [
    'a link out of the tree',
    (tree) => symlinkSync('/etc/hostname', join(tree, SINGLE, 'mlperf.txt')),
    `${SINGLE}/mlperf.txt`,
    null,
    /a link/,
  ],
  [
    'a log that is a link',
    (tree) => {
      rmSync(join(tree, PERFORMANCE));
      symlinkSync(join(tree, OFFLINE_PERFORMANCE), join(tree, PERFORMANCE));
    },
    PERFORMANCE,
    null,
    /a link/,
  ],
  [
    "a user's path in a log",
    logValue(PERFORMANCE, 'sut_name', '"model from /home/somebody/model.onnx"'),
    PERFORMANCE,
    null,
    /\/home\/somebody/,
  ],
  [
    "a user's path in user.conf",
    (tree) => appendFileSync(join(tree, SINGLE, 'user.conf'), '# C:\\Users\\somebody\\x\n'),
    `${SINGLE}/user.conf`,
    null,
    /C:/,
  ],
  [
    "the host's name in a log",
    logValue(PERFORMANCE, 'sut_name', '"engine on zweistein"'),
    PERFORMANCE,
    null,
    /zweistein/,
  ],
];

for (const [name, alter, file, key, found] of ALTERATIONS) {
  test(`is found: ${name}`, async () => {
    const tree = copyOf('closed');
    alter(tree);
    const findings = await findingsOf(tree, ['zweistein']);
    const fitting = findings.filter(
      (finding) => finding.file === file && finding.key === key && found.test(finding.found),
    );
    assert.ok(fitting.length > 0, JSON.stringify(findings, undefined, 1));
  });
}

for (const [what, path, alter] of [
  ['before the first scenario', '.loadgen.lock', () => {}],
  [
    'while a scenario is written',
    `${OFFLINE}.adding`,
    (tree) => cpSync(join(tree, SINGLE), join(tree, `${OFFLINE}.adding`), { recursive: true }),
  ],
  [
    'between two renames',
    `${OFFLINE}.earlier`,
    (tree) => cpSync(join(tree, OFFLINE), join(tree, `${OFFLINE}.earlier`), { recursive: true }),
  ],
] as const satisfies readonly (readonly [string, string, Alteration])[]) {
  test(`an addition that was killed ${what} is named as unfinished, and not file by file`, async () => {
    const tree = copyOf('closed');
    writeFileSync(join(tree, '.loadgen.lock'), '');
    alter(tree);
    const findings = await findingsOf(tree);
    assert.deepEqual(
      findings.map(({ file }) => file),
      [...new Set(['.loadgen.lock', path])],
    );
    for (const { found } of findings) assert.equal(found, 'an unfinished "loadgen submission add"');
  });
}

test('of a text with private lines without end, the first ones are named', async () => {
  const tree = copyOf('closed');
  writeFileSync(join(tree, 'notes.txt'), '/home/somebody/x\n'.repeat(300_000));
  assert.equal((await findingsOf(tree)).length, 51);
});

test('an open submission may have a model_mapping.json, a closed one may not', async () => {
  for (const [division, count] of [
    ['open', 0],
    ['closed', 1],
  ] as const) {
    const tree = copyOf(division);
    writeFileSync(join(tree, division, 'Example/model_mapping.json'), '{}');
    assert.equal((await findingsOf(tree)).length, count);
  }
});

test("a host's name that is the system's own in the tree is no finding", async () => {
  assert.deepEqual(await findingsOf(copyOf('closed'), ['Box-1']), []);
});

test('an image beside the source is no finding', async () => {
  const tree = copyOf('closed');
  writeFileSync(join(tree, 'closed/Example/src/face.png'), Buffer.from([0x89, 0xff]));
  assert.deepEqual(await findingsOf(tree), []);
});

test('all findings are there at once', async () => {
  const tree = copyOf('closed');
  logValue(PERFORMANCE, 'result_validity', '"INVALID"')(tree);
  editJson(join(tree, SYSTEM), { cooling: '' });
  rmSync(join(tree, OFFLINE, 'README.md'));
  const keys = (await findingsOf(tree)).map(({ file, key }) => [file, key]);
  assert.deepEqual(keys, [
    [SYSTEM, 'cooling'],
    [PERFORMANCE, 'result_validity'],
    [`${OFFLINE}/README.md`, null],
  ]);
});

test('a finding in a log names its line', async () => {
  const tree = copyOf('closed');
  logValue(PERFORMANCE, 'loadgen_version', '"1"')(tree);
  const [finding] = await findingsOf(tree);
  assert.deepEqual(finding, {
    file: PERFORMANCE,
    line: 1,
    key: 'loadgen_version',
    found: '"1"',
    expected: '"6.0.17 @ sphereface-loadgen"',
    severity: 'fault',
  });
});

test('a folder without a submission is a finding, one that is not there an error', async () => {
  assert.match((await findingsOf(newFolder()))[0]?.found ?? '', /no system description/);
  await assert.rejects(findingsOf(join(newFolder(), 'nowhere')), { code: 'SUBMISSION_TREE' });
});

for (const dataset of ['lfw', 'lfw_funneled']) {
  test(`a closed submission on ${dataset} is accepted, with remarks that its accuracy could not be checked`, async () => {
    const run = await newRun({ wrongAnswers: 200, notes: { dataset_sha256: OTHER_DIGEST, dataset_name: dataset } });
    const findings = await findingsOf(await newTree('closed', run));
    assert.deepEqual(faultsIn(findings), []);
    assert.ok(findings.length > 0);
    for (const { key, found, expected } of findings) {
      assert.equal(key, 'dataset_name');
      assert.match(found, /^LFW, .* images, of which no reference accuracy is known$/);
      assert.match(expected, /^a reference .* lfw-deepfunneled, first set or synthetic; it was not checked$/);
    }
  });
}

test('data of another name are refused in the closed division, with what to do', async () => {
  const run = await newRun({ notes: { dataset_sha256: OTHER_DIGEST, dataset_name: 'mine' } });
  await assert.rejects(newTree('closed', run), {
    code: 'SUBMISSION_RUN',
    message: /found other data, mine, of digest abababababab, expected lfw-deepfunneled, .* run again without --pairs/,
  });
});

test('the open division takes other models, other data and less accuracy, but named', async () => {
  const run = await newRun({
    audits: false,
    wrongAnswers: 200,
    notes: { dataset_sha256: OTHER_DIGEST, dataset_name: 'mine', sut_weights_sha256: OTHER_DIGEST, sut_model: 'mine' },
  });
  const tree = await newTree('open', run);
  assert.deepEqual(await findingsOf(tree), []);
  const log = `open/Example/results/box-1/sphereface20/Offline/accuracy/${DETAIL}`;
  logValue(log, 'dataset_name', '""')(tree);
  assert.deepEqual(
    (await findingsOf(tree)).map(({ file, key }) => [file, key]),
    [[log, 'dataset_name']],
  );
});

test('summaries that state something else than their detail logs are a finding each', async () => {
  const tree = copyOf('closed');
  const summary = (folder: string) => `${folder}/mlperf_log_summary.txt`;
  const [rate, scenario, errors] = [
    `${OFFLINE}/performance/run_1`,
    `${SINGLE}/TEST04/performance/run_1`,
    `${SINGLE}/accuracy`,
  ];
  text(summary(rate), /^(Samples per second: ).*$/m, '$1910')(tree);
  cpSync(join(tree, summary(`${OFFLINE}/TEST04/performance/run_1`)), join(tree, summary(scenario)));
  text(summary(errors), /^No errors encountered/m, '1 ERROR encountered')(tree);
  const found = (await findingsOf(tree)).map(({ file, key }) => [file, key]);
  assert.deepEqual(
    found.sort(),
    [
      [summary(rate), 'result_samples_per_second'],
      [summary(scenario), 'effective_scenario'],
      [summary(errors), 'errors'],
    ].sort(),
  );
});
