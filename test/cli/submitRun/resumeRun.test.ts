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

const OTHERS: readonly [what: string, run: () => string, message: RegExp][] = [
  ['another network', () => begun({ network: 'other' }), /--network: found other, expected sphereface20/],
  ['another system', () => begun({ sut: 'null' }), /--sut: found null, expected onnxruntime/],
  [
    'other data',
    () => begun({ dataset: { name: 'x', sha256: 'bb', pairs: 6, skipped: [] } }),
    /digest: found bb, expected aa/,
  ],
  ['a quick run', () => begun({ quick: true }), /made with --quick/],
  ['other options', () => begun({ request: { ...WANTED.request, workers: 2 } }), /workers: found 2, expected null/],
  ['other official settings', () => begun({}, { 'mlperf.conf': '' }), /another mlperf\.conf/],
  [
    'two of these',
    () => begun({ network: 'other', request: { ...WANTED.request, pairs: 6 } }),
    /--network: .*\n {2}pairs: found 6/,
  ],
];
for (const [what, run, message] of OTHERS) {
  test(`a run of ${what} is refused`, () => {
    const path = run();
    return assert.rejects(configForResume(path, WANTED), { code: 'SUBMIT_OTHER_RUN', message });
  });
}
