import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { virtualRun } from '../../submission/virtualRun.js';
import { loadgen, temporaryFile, temporaryFolder } from '../loadgen.js';
import { interruptAt, type Signal, wholeTests } from './interrupt.js';

const PLACE = ['submit-run', 'tree', '--division', 'closed', '--submitter', 'Example', '--system', 'toy'];
const RUN = ['runs', 'submission-toy'];
const RESULTS = ['tree', 'closed', 'Example', 'results'];

/** What a virtual run was measured with, as far as its logs say it; it never answers. */
const SYSTEM = `
export default {
  interfaceVersion: 1, kind: 'systemUnderTest', name: 'virtual',
  createSystemUnderTest: async () => ({
    name: 'virtual',
    configuration: {
      engine: 'virtual', engineVersion: '1.2.3', precision: 'fp32', modelFormat: 'onnx', workers: 2,
      model: 'Sphereface-20, weights trained by this project',
      modelSha256: '29b10946a4337cb594ba7ded790b51acfbba52b5ad894e3f1f96e75784e8817c',
      weightsSha256: 'e7cebb87a4b5ad4f7c9df4948726222b6de6f69f7c9c67ae8395ecb7aefe276b',
    },
    issueQuery: () => console.error('a query has come'),
    flushQueries() {},
    async close() {},
  }),
};`;
const VIRTUAL = ['--precision', 'fp32', '--workers', '2', '--warm-up', '0', '--sut'];

const STEPS: readonly [what: string, audits: boolean, at: string, signal: Signal][] = [
  ['while reference faces are embedded for an audit', false, 'a query has come', 'SIGINT'],
  ['while the run is added', true, 'Adding the run', 'SIGTERM'],
  ['while the tree is checked', true, 'Checking tree', 'SIGINT'],
];

describe('submit-run that is interrupted', { concurrency: 4 }, () => {
  // Before any is run: who makes runs and files sees late what another command prints, and would interrupt it too late.
  const folder = mkdtempSync(join(tmpdir(), 'interrupted-submit-run-'));
  after(() => rmSync(folder, { recursive: true }));
  const placeOf = (step: number) => join(folder, String(step));
  before(async () => {
    for (const [step, [, audits]] of STEPS.entries()) {
      await virtualRun(join(placeOf(step), ...RUN), { audits });
      fillSources(join(placeOf(step), 'tree'));
    }
  });

  for (const [sut, signal] of [
    ['onnxruntime', 'SIGINT'],
    ['tfjs-tflite', 'SIGTERM'],
  ] as const) {
    test(`by ${signal} while the rates of ${sut} are measured leaves a run without tests`, async (t) => {
      const cwd = await temporaryFolder(t);
      const { stderr } = await interruptAt([...PLACE, '--sut', sut], 'expected rates …', signal, { cwd });
      assert.match(stderr, /^Error INTERRUPTED: interrupted; finished tests are kept, and the same command resumes/m);
      assert.deepEqual(wholeTests(join(cwd, ...RUN)), []);
      assert.equal(existsSync(join(cwd, ...RUN, 'user.conf')), false);
    });
  }

  for (const [step, [what, audits, at, signal]] of STEPS.entries()) {
    test(`by ${signal} ${what} leaves a tree with all of a run or nothing`, async (t) => {
      const cwd = placeOf(step);
      const args = [...PLACE, ...VIRTUAL, await temporaryFile(t, 'virtual.mjs', SYSTEM)];
      await interruptAt(args, at, signal, { cwd });
      assert.ok(wholeTests(join(cwd, ...RUN)).length >= (audits ? 8 : 4));
      assert.deepEqual(wholeTests(join(cwd, 'tree')).length, existsSync(join(cwd, ...RESULTS)) ? 8 : 0);
      if (!audits) return;
      const { stdout } = await loadgen(args, { cwd });
      assert.match(stdout, /^Results:\n {2}closed\/Example\/toy\/sphereface20\/SingleStream$/m);
    });
  }
});

/** So many files of a submitter's own that to check the tree takes seconds. */
function fillSources(tree: string): void {
  const sources = join(tree, 'closed', 'Example', 'src');
  mkdirSync(sources, { recursive: true });
  for (let file = 0; file < 5000; file++) writeFileSync(join(sources, `${file}.txt`), 'text\n');
}
