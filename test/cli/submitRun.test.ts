import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { SHORT_CONF, start, temporaryFile, temporaryFolder } from './loadgen.js';
import { loadgen } from './loadgenHere.js';

/** Answers with the beginning of each image, after the time that a fast network would take. */
const SYSTEM = `
export default {
  interfaceVersion: 1, kind: 'systemUnderTest', name: 'beginnings',
  createSystemUnderTest: async ({ inputs, network }) => ({
    name: 'beginnings',
    configuration: { engine: 'none', model: 'none', modelSha256: '00', threadsPerInference: 1, workers: 1 },
    issueQuery(samples, responder) {
      for (const { id, index } of samples) {
        const values = network.inputHeight * network.inputWidth * network.inputChannels;
        const answer = new Float32Array(4 * network.embeddingValues);
        for (let image = 0; image < 4; image++) {
          const start = 4 * (inputs.offsetOf(index) + image * values);
          answer.set(new Float32Array(inputs.shared, start, network.embeddingValues), image * network.embeddingValues);
        }
        const readyMs = performance.now() + 2;
        while (performance.now() < readyMs);
        responder.querySamplesComplete([{ id, data: new Uint8Array(answer.buffer) }]);
      }
    },
    flushQueries() {},
    async close() {},
  }),
};`;
const PLACE = ['--division', 'open', '--submitter', 'Example', '--system', 'toy'];

const DONE_STEPS = /│ 1 │ expected rates +│ +done │\n│ 2 │ SingleStream accuracy +│ +done │/;

test('the plan is shown; Ctrl-C keeps what was finished, and the same command resumes from there', async (t) => {
  const cwd = await temporaryFolder(t);
  const system = await temporaryFile(t, 'beginnings.mjs', SYSTEM);
  const userConf = await temporaryFile(t, 'mine.conf', '*.SingleStream.min_query_count = 900\n');
  const of = ['--sut', system, '--scenario', 'SingleStream', '--user-conf', userConf];
  const args = ['submit-run', 'tree', ...PLACE, ...of];
  const running = start(args, { cwd });
  await running.printed('SingleStream performance …');
  running.process.kill('SIGINT');
  const interrupted = await running.ended;
  assert.equal(interrupted.exitCode, 3, interrupted.stderr);
  assert.match(interrupted.stderr, /│ 3 │ SingleStream performance +│ 10 min or more │/);
  assert.match(interrupted.stderr, /^1 of 3: expected rates, 10 min or more left of all$/m);
  assert.match(interrupted.stderr, /the same command resumes from there/);
  assert.ok(interrupted.stderr.split('\n').every((line) => !line.startsWith('│') || line.length <= 80));
  const conf = await readFile(join(cwd, 'runs', 'submission-toy', 'user.conf'), 'utf8');
  assert.match(conf, /^\*\.SingleStream\.min_query_count = 900\n# What the system did in a few seconds/);
  assert.match(conf, /^sphereface20\.SingleStream\.target_latency = [\d.]+$/m);
  const description = await readFile(join(cwd, 'tree', 'open', 'Example', 'systems', 'toy.json'), 'utf8');
  assert.match(description, /"submitter": "Example"/);

  const before = await filesIn(cwd);
  const planned = await loadgen([...args, '--plan'], { cwd });
  assert.equal(planned.exitCode, 0, planned.stderr);
  assert.match(planned.stdout, DONE_STEPS);
  assert.match(planned.stdout, /│ 3 │ SingleStream performance +│ +10 min │\n(?:.*\n)?Time left: 10 min\n/);
  assert.deepEqual(await filesIn(cwd), before);

  const again = start(args, { cwd });
  await again.printed('3 of 3: SingleStream performance, 10 min left of all');
  again.process.kill('SIGINT');
  const { stderr } = await again.ended;
  assert.match(stderr, DONE_STEPS);

  await writeFile(system, SYSTEM.replace("modelSha256: '00'", "modelSha256: 'ff'"));
  const ofOtherModel = await loadgen(args, { cwd });
  assert.equal(ofOtherModel.exitCode, 2);
  assert.match(ofOtherModel.stderr, /^Error SUBMIT_OTHER_RUN: .*\n {2}the model: made with one of digest 00, now ff$/m);
  assert.match(ofOtherModel.stderr, /^It cannot go on: choose another folder with --output, or remove/m);

  for (const asked of [[], ['--plan']]) {
    const other = await loadgen([...args, '--batch', '1', ...asked], { cwd });
    assert.equal(other.exitCode, 2);
    assert.match(other.stderr, /^Error SUBMIT_OTHER_RUN: .*\n {2}--batch: made without it, now with 1$/m);
    assert.match(other.stderr, /^To go on with it, repeat its options \(without --batch\)\. Otherwise choose another/m);
  }
});

/** With the times of their last changes. */
async function filesIn(folder: string): Promise<string[]> {
  const names = (await readdir(folder, { recursive: true })).toSorted();
  return Promise.all(names.map(async (name) => `${name} ${(await stat(join(folder, name))).mtimeMs}`));
}

test('what would keep a run out of a submission is said before anything is run', async (t) => {
  const cwd = await temporaryFolder(t);
  const conf = await temporaryFile(t, 'user.conf', `# /home/somebody/notes\n${SHORT_CONF}`);
  const system = await temporaryFile(t, 'beginnings.mjs', SYSTEM);
  const args = ['submit-run', 'tree', ...PLACE, '--sut', system, '--pairs', '6', '--user-conf', conf];
  const { exitCode, stdout, stderr } = await loadgen(args, { cwd });
  assert.equal(exitCode, 2);
  assert.equal(stdout, '');
  assert.match(stderr, /^Error SUBMIT_PLAN: a run with these options cannot be submitted:$/m);
  assert.match(stderr, /^ {2}SingleStream: effective_min_duration_ms: found "0", expected at least 600000$/m);
  assert.match(stderr, /^ {2}Offline: effective_performance_sample_count: found "6", expected at least 600$/m);
  assert.match(stderr, /^ {2}user\.conf:1: found .*\/home\/somebody\/notes/m);
  assert.ok(!existsSync(join(cwd, 'runs')));
});

test('the closed division takes the model of the benchmark only', async (t) => {
  const cwd = await temporaryFolder(t);
  const args = ['submit-run', 'tree', ...PLACE.with(1, 'closed'), '--sut', 'null'];
  const { exitCode, stderr } = await loadgen(args, { cwd });
  assert.equal(exitCode, 2);
  assert.match(stderr, /^ {2}SingleStream: sut_weights_sha256: found none, expected e7cebb87/m);
});

const REFUSED: readonly [args: readonly string[], message: RegExp][] = [
  [['tree'], /Missing required arguments: division, submitter, system/],
  [['tree', '--division', 'other', '--submitter', 'A', '--system', 'b'], /Choices: "closed", "open"/],
  [['tree', '--division', 'open', '--submitter', '../A', '--system', 'b'], /^Error SUBMISSION_NAME: submitter: found/],
  [['tree', '--division', 'open', '--submitter', 'A', '--system', 'b', '--sut', 'nul'], /^Error SUT_UNKNOWN/m],
  [['tree', '--division', 'open', '--submitter', 'A', '--system', 'b', '--unverified'], /Unknown argument: unverified/],
];
for (const [args, message] of REFUSED) {
  test(`submit-run ${args.join(' ')} is refused`, async (t) => {
    const { exitCode, stderr } = await loadgen(['submit-run', ...args], { cwd: await temporaryFolder(t) });
    assert.equal(exitCode, 2);
    assert.match(stderr, message);
  });
}
