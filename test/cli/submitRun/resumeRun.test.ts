import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { MEASURED_RATES } from '../../../cli/submitRun/expectedRates.js';
import { configForResume, type WantedRun } from '../../../cli/submitRun/resumeRun.js';
import { singleStream, writeTest } from '../../reports/figures/runFolders.js';

const folder = mkdtempSync(join(tmpdir(), 'begun-run-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const shipped = join(folder, 'mlperf.conf');
writeFileSync(shipped, '*.Offline.min_duration = 600000\n');

const WANTED: WantedRun = {
  network: 'sphereface20',
  reportedSutName: 'onnxruntime',
  request: {
    sut: 'onnxruntime',
    ownModel: false,
    precision: null,
    workers: null,
    threads: null,
    batch: null,
    device: null,
    provider: null,
    warmUp: 2,
    unverified: false,
    dataset: 'synthetic',
    ownPairsFile: false,
    pairs: null,
    set: null,
    skipMissing: false,
    applyOrientation: false,
  },
  confs: { mlperfConf: shipped, userConf: undefined },
  datasetSha256: 'aa',
  configuration: { engineVersion: '1.2.3', modelSha256: '0a', weightsSha256: '0b' },
};

/** A folder with the run that was wanted, or with what is named here instead. */
function begun(changes: Readonly<Record<string, unknown>> = {}, files: Readonly<Record<string, string>> = {}): string {
  const run = mkdtempSync(join(folder, 'run-'));
  const { network, reportedSutName: sut, request } = WANTED;
  const dataset = { name: 'synthetic', sha256: 'aa', pairs: 6, skipped: [] };
  const content = { version: 1, network, sut, quick: false, system: {}, dataset, request, ...changes };
  writeFileSync(join(run, 'run.json'), JSON.stringify(content));
  writeFileSync(join(run, 'mlperf.conf'), '*.Offline.min_duration = 600000\n');
  for (const [name, text] of Object.entries(files)) writeFileSync(join(run, name), text);
  return run;
}

test('an empty folder takes the settings that were given', async () => {
  assert.deepEqual(await configForResume(mkdtempSync(join(folder, 'new-')), WANTED), WANTED.confs);
});

test('a run begun before goes on with the user.conf that it keeps', async () => {
  const run = begun({}, { 'user.conf': '*.Offline.target_qps = 7\n' });
  assert.deepEqual(await configForResume(run, WANTED), { mlperfConf: shipped, userConf: join(run, 'user.conf') });
});

test('a user.conf that is given replaces the kept one, unless that is the same with measured rates', async () => {
  const run = begun(
    {},
    { 'user.conf': `*.Offline.min_query_count = 7\n${MEASURED_RATES}\n*.Offline.target_qps = 7\n` },
  );
  for (const [text, isKept] of [
    ['*.Offline.min_query_count = 7', true],
    ['*.Offline.min_query_count = 8\n', false],
  ] as const) {
    const userConf = join(mkdtempSync(join(folder, 'given-')), 'user.conf');
    writeFileSync(userConf, text);
    const found = await configForResume(run, { ...WANTED, confs: { mlperfConf: shipped, userConf } });
    assert.equal(found.userConf, isKept ? join(run, 'user.conf') : userConf);
  }
});

const REQUEST = WANTED.request;

const OTHERS: readonly [what: string, changes: Readonly<Record<string, unknown>>, message: RegExp, former: string][] = [
  [
    'another network',
    { network: 'other' },
    /^ {2}--network: made with other, now with sphereface20$/m,
    '--network other',
  ],
  [
    'another system',
    { sut: 'null', request: { ...REQUEST, sut: 'null' } },
    /^ {2}--sut: made with null, now with onnxruntime$/m,
    '--sut null',
  ],
  [
    'a plugin',
    { sut: 'mine', request: { ...REQUEST, sut: null } },
    /^ {2}--sut: made with the plugin mine, now with onnxruntime$/m,
    '--sut PLUGIN',
  ],
  [
    'a precision',
    { request: { ...REQUEST, precision: 'int8' } },
    /: made with int8, now without it$/m,
    '--precision int8',
  ],
  [
    'a flag',
    { request: { ...REQUEST, skipMissing: true } },
    /^ {2}--skip-missing: made with it, now/m,
    '--skip-missing',
  ],
  ['other warm-up', { request: { ...REQUEST, warmUp: 0 } }, /^ {2}--warm-up: made with 0, now with 2$/m, '--warm-up 0'],
  [
    'two of these',
    { network: 'other', request: { ...REQUEST, pairs: 6 } },
    /--network: .*\n {2}--pairs: made with 6, now without it$/,
    '--network other, --pairs 6',
  ],
  [
    'a folder, whose digest differs, too,',
    { dataset: { name: 'x', sha256: 'bb', pairs: 6, skipped: [] }, request: { ...REQUEST, dataset: null } },
    /options:\n {2}--dataset: made with FOLDER, now with synthetic$/,
    '--dataset FOLDER',
  ],
];
for (const [what, changes, message, former] of OTHERS) {
  test(`a run of ${what} is refused, with the options to repeat`, () => {
    const run = begun(changes);
    const hint = `To go on with it, repeat its options (${former}). Otherwise choose another folder with --output, or remove ${run} to start anew.`;
    return assert.rejects(configForResume(run, WANTED), { code: 'SUBMIT_OTHER_RUN', message, hint });
  });
}

test('what the run was made without is asked to be left out', () => {
  const wanted = { ...WANTED, request: { ...REQUEST, batch: 1 } };
  return assert.rejects(configForResume(begun(), wanted), {
    message: /^ {2}--batch: made without it, now with 1$/m,
    hint: /repeat its options \(without --batch\)/,
  });
});

const OF_OTHER_FACES = { dataset: { name: 'synthetic', sha256: 'bb', pairs: 6, skipped: [] } };

test('other faces in a folder of the same kind are refused by their digest', () => {
  const request = { ...REQUEST, dataset: null };
  return assert.rejects(configForResume(begun({ ...OF_OTHER_FACES, request }), { ...WANTED, request }), {
    message: /^ {2}--dataset: made with images and pairs of digest bb, now aa$/m,
    hint: /repeat its options \(the former --dataset\)/,
  });
});

/** A begun run with a test of such a system. */
function tested(values: Readonly<Record<string, string>>, changes = {}): string {
  const run = begun(changes);
  const ofSystem = { sut_engine_version: '"1.2.3"', sut_model_sha256: '"0a"', sut_weights_sha256: '"0b"', ...values };
  const test = join(run, 'Offline', 'accuracy');
  mkdirSync(test, { recursive: true });
  writeTest({ ...singleStream(Float64Array.of(1)), ...ofSystem }, undefined, test);
  return run;
}

test("a run whose tests are of this system goes on, with the model's file for another batch, too", async () => {
  for (const values of [{}, { sut_model_sha256: '"ff"' }])
    assert.equal((await configForResume(tested(values), WANTED)).mlperfConf, shipped);
});

test('a test whose log is cut short is no test of another system', async () => {
  const run = tested({ sut_weights_sha256: '"ff"' });
  const log = join(run, 'Offline', 'accuracy', 'mlperf_log_detail.txt');
  writeFileSync(log, readFileSync(log, 'utf8').slice(0, -20));
  assert.equal((await configForResume(run, WANTED)).mlperfConf, shipped);
});

test('another file with --model is refused by its digest', () => {
  const request = { ...REQUEST, ownModel: true };
  const wanted = { ...WANTED, request, configuration: { engineVersion: '1.2.3', modelSha256: '0c' } };
  return assert.rejects(configForResume(tested({}, { request }), wanted), {
    code: 'SUBMIT_OTHER_RUN',
    message: /^ {2}--model: made with one of digest 0a, now 0c$/m,
    hint: /repeat its options \(the former --model\)/,
  });
});

const FINAL: readonly [what: string, run: () => string, message: RegExp][] = [
  ['changed faces', () => begun(OF_OTHER_FACES), /of digest bb, now aa$/],
  ['quick tests', () => begun({ quick: true }), /^ {2}--quick: made with it, and submit-run does not have it$/m],
  [
    'an unverified system',
    () => begun({ request: { ...REQUEST, unverified: true } }),
    /^ {2}--unverified: made with it, now without it, and submit-run does not have it$/m,
  ],
  [
    'other weights',
    () => tested({ sut_weights_sha256: '"ff"' }),
    /^ {2}the model: made with one of digest ff, now 0b$/m,
  ],
  [
    'another version of the engine',
    () => tested({ sut_engine_version: '"1.3.0"' }),
    /^ {2}the engine's version: made with 1\.3\.0, now 1\.2\.3$/m,
  ],
  ['other official settings', () => begun({}, { 'mlperf.conf': '' }), /^ {2}mlperf\.conf: made with another/m],
];
for (const [what, run, message] of FINAL) {
  test(`a run of ${what} is refused, and cannot go on`, () => {
    const path = run();
    const hint = `It cannot go on: choose another folder with --output, or remove ${path} to start anew.`;
    return assert.rejects(configForResume(path, WANTED), { code: 'SUBMIT_OTHER_RUN', message, hint });
  });
}
