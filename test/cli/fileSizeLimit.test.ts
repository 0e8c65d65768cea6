/** Commands where files may not become as large as they would be, or, which is the same to them, on a disk almost full. */
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { copyOfSyntheticFaces, syntheticFaces, temporaryCache } from '../qsl/folders.js';
import { loadgen, MAIN, SHORT_CONF, SIX_PAIRS, startProgram, temporaryFile, temporaryFolder } from './loadgen.js';

const needsLimit = { skip: process.platform === 'win32' && 'this system limits no sizes of files' };
const BLOCK_BYTES = 512;

/** FACES, PAIRS, CONF and OUT stand for faces, six pairs of them, short settings, and a folder for what is written. */
const RUN = 'run --sut null --scenario SingleStream --pairs-file PAIRS --user-conf CONF --output OUT/run';
const CASES: readonly [command: string, blocks: number, error: RegExp, left: readonly string[]][] = [
  ['preprocess --pairs-file PAIRS --contact-sheets OUT', 1, /QSL_CONTACT_SHEETS: .*EFBIG/, []],
  [RUN, 1, /RUN_FOLDER: .*run\.json: EFBIG/, []],
  [`${RUN} --mlperf-conf LONG`, 4, /RUN_FOLDER: .*mlperf\.conf: EFBIG/, ['run', 'run/run.json']],
  [
    RUN,
    8,
    /LOG_WRITE: .*mlperf_log_accuracy\.json: EFBIG/,
    ['run', 'run/SingleStream', 'run/mlperf.conf', 'run/run.json', 'run/user.conf'],
  ],
  ['pairs FACES --same 50 --output OUT/pairs.txt', 1, /OUTPUT_WRITE: .*pairs\.txt: EFBIG/, []],
  ['model export --format onnx --output OUT', 1, /OUTPUT_WRITE: .*EFBIG/, []],
];

for (const [command, blocks, error, left] of CASES) {
  test(`"${command}" with files of ${blocks * BLOCK_BYTES} bytes leaves none that is cut`, needsLimit, async (t) => {
    const out = await temporaryFolder(t);
    const places: Readonly<Record<string, string>> = {
      FACES: syntheticFaces,
      PAIRS: await temporaryFile(t, 'pairs.txt', SIX_PAIRS),
      CONF: await temporaryFile(t, 'user.conf', SHORT_CONF),
      LONG: await temporaryFile(
        t,
        'mlperf.conf',
        '# Longer than run.json, whatever the processor is called.\n'.repeat(50),
      ),
      OUT: out,
    };
    const args = command.replaceAll(/FACES|PAIRS|CONF|LONG|OUT/g, (name) => places[name] ?? name).split(' ');
    // The faces are found without a limit, and are then there.
    if (args.includes('--pairs-file')) await loadgen(['preprocess', '--pairs-file', String(places.PAIRS)]);
    const { exitCode, stderr } = await limited(blocks, args).ended;
    assert.match(stderr, new RegExp(`^Error ${error.source}`, 'm'));
    assert.match(stderr, /^Files may not become that large here: raise the limit \(ulimit -f\)/m);
    assert.equal(exitCode, 1);
    assert.deepEqual((await readdir(out, { recursive: true })).toSorted(), left);
  });
}

test('faces that cannot be stored whole are not there for the next command', needsLimit, async (t) => {
  const cache = await temporaryCache(t);
  const pairs = await temporaryFile(t, 'pairs.txt', SIX_PAIRS);
  const args = ['preprocess', '--dataset', await copyOfSyntheticFaces(t), '--pairs-file', pairs, '--json'];
  const env = { SPHEREFACE_LOADGEN_CACHE: cache };
  const first = await limited(64, args, env).ended;
  assert.match(first.stderr, /^Error QSL_STORE: .*EFBIG/m);
  assert.equal(first.exitCode, 1);
  assert.deepEqual(await readdir(join(cache, 'faces')), []);
  const second = await loadgen(args, { env });
  assert.match(second.stdout, /"faceCount": 6,[\s\S]*"fromStore": false/);
});

test('standard output that ends in a cut file is an error', needsLimit, async (t) => {
  const list = join(await temporaryFolder(t), 'pairs.txt');
  const { exitCode, stderr } = await limited(1, ['pairs', syntheticFaces, '--same', '50'], {}, `> '${list}'`).ended;
  assert.match(stderr, /^Error OUTPUT_WRITE: cannot write the output: EFBIG/m);
  assert.equal(exitCode, 1);
  assert.ok((await readFile(list)).length <= BLOCK_BYTES);
});

function limited(blocks: number, args: readonly string[], env: Record<string, string> = {}, redirection = '') {
  const script = `ulimit -f ${blocks}; exec "$@" ${redirection}`;
  return startProgram('sh', ['-c', script, 'sh', process.execPath, MAIN, ...args], { env });
}
