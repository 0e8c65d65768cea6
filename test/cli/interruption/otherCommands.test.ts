import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { OWN_WEIGHTS } from '../../../sut/sphereface20/ownFiles.js';
import { virtualRun } from '../../submission/virtualRun.js';
import { loadgen, temporaryFolder } from '../loadgen.js';
import { fileIsThere, handlesSignals, interruptAt, type Signal, showsHandlers } from './interrupt.js';

/** So many that a command takes seconds. */
const PAIRS = 100_000;
const COPIES = 30;

const WEIGHTS = OWN_WEIGHTS.file;

const folder = mkdtempSync(join(tmpdir(), 'interrupted-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const RESULTS = join(folder, 'tree', 'open', 'Example', 'results');

before(async () => {
  writeAnswers(join(folder, 'accuracy'));
  await virtualRun(join(folder, 'run'), { audits: false });
  cpSync(join(folder, 'run'), join(folder, 'long'), { recursive: true });
  writeAnswers(join(folder, 'long', 'SingleStream', 'accuracy'));
  rmSync(join(folder, 'long', 'SingleStream', 'accuracy', 'accuracy.txt'));
  writePersons(join(folder, 'persons'));
  for (let copy = 0; copy < COPIES; copy++)
    cpSync(join(folder, 'run'), join(folder, 'runs', `${copy}`), { recursive: true });
  const place = ['tree', '--division', 'open', '--submitter', 'Example', '--system', 'toy'];
  await loadgen(['submission', 'init', ...place], { cwd: folder });
  cpSync(join(folder, 'tree'), join(folder, 'empty'), { recursive: true });
  await loadgen(['submission', 'add', 'run', '--tree', 'tree'], { cwd: folder });
  const description = readFileSync(join(RESULTS, '..', 'systems', 'toy.json'));
  for (let copy = 0; copy < COPIES; copy++) {
    cpSync(join(RESULTS, 'toy'), join(RESULTS, `toy${copy}`), { recursive: true });
    writeFileSync(join(RESULTS, '..', 'systems', `toy${copy}.json`), description);
  }
});

const COMMANDS: readonly [args: readonly string[], signal: Signal][] = [
  [['accuracy', 'accuracy'], 'SIGINT'],
  [['accuracy', 'accuracy', '--write'], 'SIGTERM'],
  [['results', 'runs'], 'SIGTERM'],
  [['compare', ...Array.from({ length: COPIES }, (_, copy) => join('runs', `${copy}`))], 'SIGINT'],
  [['submission', 'check', 'tree'], 'SIGINT'],
  [['submission', 'pack', 'tree', '--with-findings'], 'SIGTERM'],
  [['submission', 'add', 'run', '--tree', 'empty'], 'SIGHUP'],
  [['suts'], 'SIGTERM'],
  [['suts', '--measure'], 'SIGINT'],
  [['report', 'long'], 'SIGINT'],
  [['report', 'long', '--output', 'page.html'], 'SIGTERM'],
  [['export', 'long', '--json'], 'SIGINT'],
  [['export', 'long', '--csv', '--trace', '--json'], 'SIGTERM'],
  [['pairs', 'persons', '--output', 'pairs.txt'], 'SIGINT'],
  [['pairs', 'persons'], 'SIGTERM'],
  [['model', 'export', '--format', 'onnx', '--output', 'exported'], 'SIGINT'],
  [['model', 'export', '--format', 'tfjs', '--output', 'exported'], 'SIGTERM'],
  [['model', 'import', WEIGHTS, '--output', 'imported.safetensors'], 'SIGINT'],
  [['model', 'info', WEIGHTS], 'SIGTERM'],
];

describe('a command that is interrupted', { concurrency: 3, skip: !showsHandlers && 'nothing tells when' }, () => {
  // They run side by side in one folder: what one of them leaves is seen when all have ended.
  let names: string[] = [];
  before(() => {
    names = namesIn(folder);
  });
  after(() => assert.deepEqual(namesIn(folder), names));

  for (const [args, signal] of COMMANDS) {
    test(`${args
      .slice(0, 3)
      .map((arg) => basename(arg))
      .join(' ')}: ${signal} ends it, and nothing is printed or left`, async () => {
      const { stdout } = await interruptAt(args, handlesSignals, signal, { cwd: folder });
      assert.equal(stdout, '');
    });
  }

  test('preprocess --contact-sheets: SIGINT ends it after some of the sheets', async (t) => {
    const cwd = await temporaryFolder(t);
    const first = fileIsThere(join(cwd, 'sheets', 'sheet_001.jpg'));
    await interruptAt(['preprocess', '--contact-sheets', 'sheets'], first, 'SIGINT', { cwd });
    assert.ok(readdirSync(join(cwd, 'sheets')).length < 10);
  });

  test('tune: SIGTERM ends it without a user.conf', async (t) => {
    const cwd = await temporaryFolder(t);
    await interruptAt(['tune', '--scenario', 'Offline'], 'Offline: trying …', 'SIGTERM', { cwd });
    assert.equal(existsSync(join(cwd, 'user.conf')), false);
  });
});

function namesIn(path: string): string[] {
  return readdirSync(path, { recursive: true, encoding: 'utf8' }).toSorted();
}

function writeAnswers(logDir: string): void {
  const features = new Float32Array([1, 0, 0, 0, 0, 1, 0, 0]);
  const data = Buffer.from(features.buffer).toString('hex').toUpperCase();
  const indices = Array.from({ length: PAIRS }, (_, index) => index);
  const files = {
    'pairs.json': JSON.stringify(indices.map((i) => ({ same: i % 2 === 0, set: 1, nameA: `A ${i}`, nameB: `B ${i}` }))),
    'judging.json': JSON.stringify({
      ...{ version: 1, network: 'sphereface20', featureValues: 4, threshold: 0.41, thresholdOrigin: 'a test' },
    }),
    'mlperf_log_accuracy.json': `[\n${indices.map((i) => `{ "seq_id" : ${i}, "qsl_idx" : ${i}, "data" : "${data}" }`).join(',\n')}\n]\n`,
  };
  mkdirSync(logDir, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(logDir, name), text);
}

/** Files of one size, each of which has to be read. */
function writePersons(path: string): void {
  for (let person = 0; person < 50; person++) {
    mkdirSync(join(path, `${person}`), { recursive: true });
    for (let image = 100; image < 200; image++)
      writeFileSync(join(path, `${person}`, `${image}.jpg`), `${person + 100} ${image}`);
  }
}
