import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { configForResume, type WantedRun } from '../../../cli/submitRun/resumeRun.js';

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

test('a user.conf that is given replaces the kept one', async () => {
  const given = { ...WANTED, confs: { mlperfConf: shipped, userConf: 'mine.conf' } };
  assert.equal((await configForResume(begun({}, { 'user.conf': '' }), given)).userConf, 'mine.conf');
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

const FINAL: readonly [what: string, run: () => string, message: RegExp][] = [
  ['changed faces', () => begun(OF_OTHER_FACES), /of digest bb, now aa$/],
  ['quick tests', () => begun({ quick: true }), /^ {2}--quick: made with it, and submit-run does not have it$/m],
  [
    'an unverified system',
    () => begun({ request: { ...REQUEST, unverified: true } }),
    /^ {2}--unverified: made with it, now without it, and submit-run does not have it$/m,
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
