import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { addRun } from '../../submission/addRun.js';
import { checkSubmission } from '../../submission/checkSubmission.js';
import { initSubmission } from '../../submission/initSubmission.js';
import { MACHINE, ORGANIZATION } from './organization.js';
import { editJson, editText, newFolder, newRun, newTree } from './submissionFolders.js';

let whole = '';
before(async () => {
  whole = await newRun();
});

function copyOfRun(): string {
  const run = join(newFolder(), 'run');
  cpSync(whole, run, { recursive: true });
  return run;
}

async function emptyTree(division: 'open' | 'closed' = 'closed'): Promise<string> {
  const tree = join(newFolder(), 'tree');
  await initSubmission({ tree, division, ...ORGANIZATION, machine: MACHINE });
  return tree;
}

const RESULTS = 'closed/Example/results/box-1/sphereface20';

test('the accuracy log has both ends, and accuracy.txt the digest of the whole', async () => {
  const tree = await newTree('closed', whole);
  for (const [inRun, folder] of [
    ['accuracy', 'accuracy'],
    ['TEST01/performance/run_1', 'TEST01/accuracy'],
  ] as const) {
    const original = readFileSync(join(whole, 'Offline', inRun, 'mlperf_log_accuracy.json'));
    const expected = Buffer.concat([original.subarray(0, 4096), Buffer.from('\n\n...\n\n'), original.subarray(-4096)]);
    assert.deepEqual(readFileSync(join(tree, RESULTS, 'Offline', folder, 'mlperf_log_accuracy.json')), expected);
    const digest = createHash('sha256').update(original).digest('hex');
    const text = readFileSync(join(tree, RESULTS, 'Offline', folder, 'accuracy.txt'), 'utf8');
    assert.ok(text.endsWith(`\n\nhash=${digest}\n`), text.slice(-100));
  }
});

test('README.md says how to do it again, and that the model is not an official one', async () => {
  const tree = await newTree('closed', whole);
  const text = readFileSync(join(tree, RESULTS, 'SingleStream/README.md'), 'utf8');
  assert.match(
    text,
    /^loadgen run --network sphereface20 --sut PLUGIN --precision fp32 --workers 2 --warm-up 0 --dataset synthetic --scenario Single/m,
  );
  assert.match(text, /Sphereface-20, weights trained by this project\. This is not an official MLPerf model/);
});

test('a run without a user.conf has one that is not empty', async () => {
  const run = await newRun({ userConf: undefined, scenarios: ['SingleStream'] });
  assert.equal(existsSync(join(run, 'user.conf')), false);
  const tree = await newTree('closed', run);
  assert.match(readFileSync(join(tree, RESULTS, 'SingleStream/user.conf'), 'utf8'), /^# There was no user\.conf/);
});

test('scenarios of several runs come together, Server and MultiStream among them', async () => {
  const tree = await newTree('closed', await newRun({ scenarios: ['SingleStream'] }));
  const runFolder = await newRun({ scenarios: ['Offline', 'MultiStream', 'Server'] });
  await addRun({ tree, runFolder, privateNames: [] });
  const { findings, results } = await checkSubmission({ tree, privateNames: [] });
  assert.deepEqual(findings, []);
  assert.deepEqual(
    results.map(({ scenario }) => scenario),
    ['SingleStream', 'MultiStream', 'Server', 'Offline'],
  );
});

test('adding again replaces what was there, and leaves nothing else behind', async () => {
  const tree = await newTree('closed', whole);
  const stray = join(tree, RESULTS, 'Offline/stray.txt');
  writeFileSync(stray, 'x');
  await addRun({ tree, runFolder: whole, privateNames: [] });
  assert.equal(existsSync(stray), false);
  assert.deepEqual(readdirSync(join(tree, RESULTS)).toSorted(), ['Offline', 'SingleStream']);
  assert.deepEqual((await checkSubmission({ tree, privateNames: [] })).findings, []);
});

test('a refused run leaves the tree as it was', async () => {
  const tree = await newTree('closed', whole);
  const before = readFileSync(join(tree, RESULTS, 'SingleStream/accuracy/accuracy.txt'));
  const run = copyOfRun();
  rmSync(join(run, 'Offline/accuracy'), { recursive: true });
  await assert.rejects(addRun({ tree, runFolder: run, privateNames: [] }), { code: 'SUBMISSION_RUN' });
  assert.deepEqual(readFileSync(join(tree, RESULTS, 'SingleStream/accuracy/accuracy.txt')), before);
  assert.ok(existsSync(join(tree, RESULTS, 'Offline/accuracy/accuracy.txt')));
});

test('another network has a folder of its own in the same tree', async () => {
  const tree = await newTree('open', whole);
  const runFolder = await newRun({ network: 'mynetwork', audits: false, notes: { sut_model: 'mine' } });
  await addRun({ tree, runFolder, privateNames: [] });
  const { findings, results } = await checkSubmission({ tree, privateNames: [] });
  assert.deepEqual(findings, []);
  assert.deepEqual([...new Set(results.map(({ network }) => network))], ['mynetwork', 'sphereface20']);
});

test('the framework is named from the run unless somebody has named it', async () => {
  const tree = await newTree('closed', whole);
  const file = join(tree, 'closed/Example/systems/box-1.json');
  assert.equal(JSON.parse(readFileSync(file, 'utf8')).framework, 'virtual 1.2.3');
  editJson(file, { framework: 'mine' });
  await addRun({ tree, runFolder: whole, privateNames: [] });
  assert.equal(JSON.parse(readFileSync(file, 'utf8')).framework, 'mine');
});

test('where a tree describes several systems, one is chosen', async () => {
  const tree = await emptyTree();
  await initSubmission({ tree, division: 'open', submitter: 'Example', system: 'box-2', machine: MACHINE });
  await assert.rejects(addRun({ tree, runFolder: whole, privateNames: [] }), {
    code: 'SUBMISSION_SYSTEM',
    message: /describes 2 systems.*\n {2}closed, Example, box-1\n {2}open, Example, box-2/,
  });
  const { folders } = await addRun({ tree, runFolder: whole, division: 'open', privateNames: [] });
  assert.deepEqual(
    folders,
    ['SingleStream', 'Offline'].map((name) => `open/Example/results/box-2/sphereface20/${name}`),
  );
  await assert.rejects(addRun({ tree, runFolder: whole, system: '../box-1', privateNames: [] }), {
    code: 'SUBMISSION_NAME',
  });
  await assert.rejects(addRun({ tree, runFolder: whole, system: 'box-3', privateNames: [] }), {
    code: 'SUBMISSION_SYSTEM',
  });
});

type Damage = (run: string) => void;
const damageText =
  (file: string, pattern: RegExp | string, replacement: string): Damage =>
  (run) =>
    editText(join(run, file), (text) => text.replace(pattern, replacement));

/** What a run lacks or has, and what the refusal says of it. */
const REFUSED: readonly (readonly [string, Damage, RegExp])[] = [
  ['without run.json', (run) => rmSync(join(run, 'run.json')), /run\.json: found no such file/],
  [
    'with another command in run.json',
    (run) =>
      editText(join(run, 'run.json'), (text) => text.replace('"dataset": "synthetic"', '"dataset": "x; rm -r y"')),
    /run\.json: found request\.dataset: /,
  ],
  [
    'without accuracy.txt',
    (run) => rmSync(join(run, 'Offline/accuracy/accuracy.txt')),
    /cannot be submitted:\n {2}Offline\/accuracy\/accuracy\.txt: found no such file, expected the accuracy of the run$/,
  ],
  [
    'with a huge log',
    (run) => truncateSync(join(run, 'Offline/performance/run_1/mlperf_log_summary.txt'), 51 << 20),
    /mlperf_log_summary\.txt: found 53477376 bytes/,
  ],
  [
    "with an audit's log of other answers",
    damageText('Offline/TEST01/performance/run_1/mlperf_log_accuracy.json', /"data" : "0000803F/, '"data" : "000080BF'),
    /Offline\/TEST01: accuracy: found .*expected an audit that passes/,
  ],
  [
    'with a quick run.json',
    (run) => editText(join(run, 'run.json'), (text) => text.replace('false', 'true')),
    /--quick/,
  ],
  [
    'of a network with a path',
    (run) => editJson(join(run, 'run.json'), { network: '../../x' }),
    /network: found "\.\.\/\.\.\/x"/,
  ],
  [
    'without scenarios',
    (run) => {
      for (const name of ['SingleStream', 'Offline']) rmSync(join(run, name), { recursive: true });
    },
    /holds none of SingleStream/,
  ],
  [
    'without an accuracy test',
    (run) => rmSync(join(run, 'Offline/accuracy'), { recursive: true }),
    /Offline\/accuracy: found no such folder, expected an accuracy test/,
  ],
  [
    'without a performance test',
    (run) => rmSync(join(run, 'Offline/performance'), { recursive: true }),
    /Offline\/performance\/run_1: found no such folder, expected a performance test/,
  ],
  [
    'without TEST01',
    (run) => rmSync(join(run, 'Offline/TEST01'), { recursive: true }),
    /Offline\/TEST01: found no such folder, expected compliance test TEST01/,
  ],
  [
    "without TEST01's answers",
    (run) => rmSync(join(run, 'Offline/TEST01/performance/run_1/mlperf_log_accuracy.json')),
    /Offline\/TEST01: accuracy: found there is no log Offline\/TEST01\/performance\/run_1\/mlperf_log_accuracy\.json/,
  ],
  [
    'with a truncated log',
    damageText('Offline/performance/run_1/mlperf_log_detail.txt', /.{9}\n$/, ''),
    /REPORT_LOG_TRUNCATED/,
  ],
  [
    'with a truncated accuracy log',
    damageText('Offline/accuracy/mlperf_log_accuracy.json', /.{99}\n\]\n$/, ''),
    /Offline\/accuracy: found .*mlperf_log_accuracy\.json/,
  ],
  [
    'with an INVALID result',
    damageText('Offline/performance/run_1/mlperf_log_detail.txt', '"VALID"', '"INVALID"'),
    /result_validity: found "INVALID"/,
  ],
  [
    'that was aborted',
    damageText(
      'Offline/performance/run_1/mlperf_log_detail.txt',
      /:::MLLOG \{"key": "result_validity".*/s,
      [
        ':::MLLOG {"key": "result_validity", "value": "INVALID", "metadata": {}}',
        ':::MLLOG {"key": "harness_log_complete", "value": true, "metadata": {}}\n',
      ].join('\n'),
    ),
    /early_stopping_met: found 0 lines/,
  ],
  [
    'with accuracy that the log does not give',
    damageText('Offline/accuracy/accuracy.txt', /^accuracy=.*/, 'accuracy=99.500%, good=597, total=600'),
    /what the log gives: accuracy=91\.667%/,
  ],
  [
    "with another network's judging",
    (run) => editJson(join(run, 'Offline/accuracy/judging.json'), { network: 'mobilefacenet' }),
    /judging\.json: network: found mobilefacenet/,
  ],
  [
    'with a log that is a link',
    (run) => {
      rmSync(join(run, 'Offline/performance/run_1/mlperf_log_summary.txt'));
      symlinkSync('/etc/passwd', join(run, 'Offline/performance/run_1/mlperf_log_summary.txt'));
    },
    /mlperf_log_summary\.txt: found a link/,
  ],
  [
    'with a folder on the way that is a link',
    (run) => moveAndLink(join(run, 'Offline/performance')),
    /Offline\/performance: found a link/,
  ],
  [
    "with a scenario's folder that is a link",
    (run) => moveAndLink(join(run, 'Offline')),
    /Offline: found a link or a file/,
  ],
  [
    'with a run.json that never ends',
    (run) => {
      rmSync(join(run, 'run.json'));
      execFileSync('mkfifo', [join(run, 'run.json')]);
    },
    /run\.json: found a link, a folder or a special file/,
  ],
  [
    'with a huge judging.json',
    (run) => truncateSync(join(run, 'Offline/accuracy/judging.json'), 1 << 30),
    /judging\.json: found 1073741824 bytes/,
  ],
  [
    "with the owner's path in accuracy.txt",
    (run) => appendFileSync(join(run, 'Offline/accuracy/accuracy.txt'), '/home/somebody/x\n'),
    /accuracy\.txt:\d+: found "\/home\/somebody\/x"/,
  ],
  [
    'with the settings of another run',
    (run) => writeFileSync(join(run, 'user.conf'), '*.SingleStream.target_latency = 100\n*.Offline.target_qps = 11\n'),
    /mlperf\.conf, user\.conf: effective_target_qps: found 11, expected 10, as in the log of Offline's performance test/,
  ],
  [
    "with the owner's path in user.conf",
    (run) => writeFileSync(join(run, 'user.conf'), '# /home/somebody/x\n'),
    /user\.conf:1: found "\/home\/somebody\/x"/,
  ],
];

function moveAndLink(folder: string): void {
  const elsewhere = join(newFolder(), 'elsewhere');
  renameSync(folder, elsewhere);
  symlinkSync(elsewhere, folder);
}

for (const [name, damage, message] of REFUSED) {
  test(`refused: a run ${name}`, async () => {
    const [run, tree] = [copyOfRun(), await emptyTree()];
    damage(run);
    await assert.rejects(addRun({ tree, runFolder: run, privateNames: [] }), { exitCode: 2, message });
    assert.equal(existsSync(join(tree, 'closed/Example/results')), false);
  });
}

test('all that a run lacks is said at once', async () => {
  const run = copyOfRun();
  for (const name of ['Offline/accuracy', 'SingleStream/TEST04']) rmSync(join(run, name), { recursive: true });
  await assert.rejects(addRun({ tree: await emptyTree(), runFolder: run, privateNames: [] }), {
    code: 'SUBMISSION_RUN',
    message: /cannot be submitted:\n {2}SingleStream\/TEST04: .*\n {2}Offline\/accuracy: .*$/,
  });
});

test('a tree with a link on the way to the results is refused', async () => {
  const [tree, outside] = [await emptyTree(), newFolder()];
  mkdirSync(join(tree, 'closed/Example/results'));
  symlinkSync(outside, join(tree, 'closed/Example/results/box-1'));
  await assert.rejects(addRun({ tree, runFolder: whole, privateNames: [] }), { code: 'SUBMISSION_LINK' });
  assert.deepEqual(readdirSync(outside), []);
});

test('a tree that cannot be written to stays as it was', async () => {
  const tree = await emptyTree();
  mkdirSync(join(tree, 'closed/Example/results/box-1'), { recursive: true });
  writeFileSync(join(tree, RESULTS), 'a file where the folder of the model belongs');
  await assert.rejects(addRun({ tree, runFolder: whole, privateNames: [] }), { code: 'SUBMISSION_WRITE', exitCode: 1 });
  assert.deepEqual(readdirSync(join(tree, 'closed/Example/results/box-1')), ['sphereface20']);
});
