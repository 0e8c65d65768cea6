import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { EXIT_CODE, LoadGenError } from '../../../base/errors.js';
import { type ReSuppliedPaths, recreateRunOptions } from '../../../cli/audit/recreateRunOptions.js';

const folder = mkdtempSync(join(tmpdir(), 'recreated-run-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const NAMED = {
  sut: 'onnxruntime',
  ownModel: false,
  precision: 'int8',
  workers: 2,
  threads: null,
  batch: null,
  dataset: 'synthetic',
  ownPairsFile: false,
  pairs: 6,
  set: null,
  skipMissing: false,
  applyOrientation: false,
};
const OWN = { ...NAMED, sut: null, ownModel: true, dataset: null, ownPairsFile: true };
const NOTHING: ReSuppliedPaths = {
  sut: undefined,
  model: undefined,
  dataset: undefined,
  pairsFile: undefined,
  python: undefined,
};
const ALL: ReSuppliedPaths = {
  sut: './plugin.js',
  model: 'm.onnx',
  dataset: 'faces',
  pairsFile: 'pairs.txt',
  python: undefined,
};

function runFolder(request: unknown, quick = false): string {
  const run = mkdtempSync(join(folder, 'run-'));
  const dataset = { name: 'synthetic', sha256: 'aa', pairs: 6, skipped: [] };
  writeFileSync(
    join(run, 'run.json'),
    JSON.stringify({ version: 1, network: 'sphereface20', sut: 'onnxruntime', quick, system: {}, dataset, request }),
  );
  return run;
}

test('a run on what has a name is made again from its folder alone', async () => {
  const run = runFolder({ ...NAMED, device: null, provider: 'cpu' });
  const { system, dataset, confs } = await recreateRunOptions(run, NOTHING);
  assert.deepEqual(
    [system.sutName, system.modelFile, system.precision, system.workers, system.threads, system.network.name],
    ['onnxruntime', undefined, 'int8', 2, undefined, 'sphereface20'],
  );
  assert.deepEqual([system.device, system.provider], [undefined, 'cpu']);
  assert.deepEqual(
    [dataset.dataset, dataset.pairs, dataset.set, dataset.pairsFile],
    ['synthetic', 6, undefined, undefined],
  );
  assert.deepEqual(confs, { mlperfConf: join(run, 'mlperf.conf'), userConf: undefined });
});

test('what had no name is given again', async () => {
  const { system, dataset } = await recreateRunOptions(runFolder(OWN), ALL);
  assert.deepEqual([system.sutName, system.modelFile], ['./plugin.js', 'm.onnx']);
  assert.deepEqual([dataset.dataset, dataset.pairsFile], ['faces', 'pairs.txt']);
});

const REFUSED: readonly [what: string, run: () => string, given: ReSuppliedPaths, messages: readonly RegExp[]][] = [
  [
    'nothing of four things',
    () => runFolder(OWN),
    NOTHING,
    [/--sut of/, /--model of/, /--dataset of/, /--pairs-file of/],
  ],
  [
    'a data set that it was not made with',
    () => runFolder(NAMED),
    { ...NOTHING, dataset: 'x' },
    [/without --dataset .*found one/],
  ],
  ['a quick run', () => runFolder(NAMED, true), NOTHING, [/--quick, expected a complete run/]],
  [
    'a run of an earlier version',
    () => runFolder(undefined),
    NOTHING,
    [/run\.json: found no network, sut, dataset or request, expected/],
  ],
  [
    'an unknown precision',
    () => runFolder({ ...NAMED, precision: 'int2' }),
    NOTHING,
    [/made with the unknown precision int2/],
  ],
  ['a folder without a run', () => mkdtempSync(join(folder, 'empty-')), NOTHING, [/run\.json: found no such file/]],
];
for (const [what, run, given, messages] of REFUSED) {
  test(`refused: ${what}`, () => {
    const path = run();
    return assert.rejects(recreateRunOptions(path, given), (error: unknown) => {
      assert.ok(error instanceof LoadGenError);
      assert.equal(error.exitCode, EXIT_CODE.usage);
      for (const message of messages) assert.match(error.message, message);
      return true;
    });
  });
}
