import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { answer, type Script, startScriptedServer } from '../sut/remote/scriptedServer.js';
import { SHORT_CONF, SIX_PAIRS, temporaryFile, temporaryFolder } from './loadgen.js';
import { loadgen } from './loadgenHere.js';

async function runOf(t: TestContext, script: Script) {
  const address = await startScriptedServer(t, script);
  const output = await temporaryFolder(t);
  const pairs = ['--pairs-file', await temporaryFile(t, 'pairs.txt', SIX_PAIRS)];
  const confs = ['--user-conf', await temporaryFile(t, 'user.conf', SHORT_CONF)];
  const given = ['run', '--sut', address, '--output', output, '--scenario', 'SingleStream', ...pairs, ...confs];
  return { address, output, given, logs: join(output, 'SingleStream', 'performance', 'run_1') };
}

describe('runs of a model on a server', () => {
  test('are measured as others are, and name no address', async (t) => {
    const { address, given, output, logs } = await runOf(t, {});
    const { exitCode, stdout, stderr } = await loadgen([...given, '--unverified']);
    assert.equal(exitCode, 0, stderr);
    assert.match(stdout, /SingleStream performance .*VALID/);
    const detail = await readFile(join(logs, 'mlperf_log_detail.txt'), 'utf8');
    assert.match(detail, /"value": "toy on toys, REST, binary tensors"/);
    assert.ok(!detail.includes('sut_weights_sha256'), 'nobody has looked at its weights');
    const runJson = await readFile(join(output, 'run.json'), 'utf8');
    assert.match(runJson, /"sut": "toy-on-toys"/);
    assert.ok(!(detail + runJson).includes(new URL(address).host));
  });

  test('end before anything is measured if the model is another', async (t) => {
    const { given } = await runOf(t, {});
    const { exitCode, stderr } = await loadgen(given);
    assert.equal(exitCode, 2);
    assert.match(
      stderr,
      /SUT_EMBEDDINGS: toy on toys, .* found a least cosine of .*, expected at least 0\.99999 in fp32/,
    );
  });

  const failing: readonly (readonly [kind: string, infer: NonNullable<Script['infer']>, reason: RegExp])[] = [
    ['hangs up', (_, request) => request.socket.destroy(), /the server ended the connection before it had answered/],
    ['is silent', () => {}, /was silent for 5 s/],
  ];
  for (const [kind, infer, reason] of failing) {
    test(`are INVALID with the reason if it ${kind}`, async (t) => {
      const { given, logs } = await runOf(t, {
        infer: (asked, request, response) =>
          asked.earlier < 40 ? answer(response, asked) : infer(asked, request, response),
      });
      const mode = ['--unverified', '--mode', 'PerformanceOnly', '--response-timeout', '5'];
      const { exitCode, stdout, stderr } = await loadgen([...given, ...mode]);
      assert.equal(exitCode, 3, stderr);
      assert.match(stdout + stderr, reason);
      assert.match(await readFile(join(logs, 'mlperf_log_summary.txt'), 'utf8'), /Result is : INVALID/);
    });
  }

  test('leave a duel that goes on without it', async (t) => {
    const { address, output } = await runOf(t, {});
    const contestants = ['null', address, `${address},workers=0,batch=8`, 'http://127.0.0.1:1/v2/models/toy'];
    const given = ['duel', ...contestants, '--unverified', '--pairs', '4', '--time', '5s', '--output', output];
    const { exitCode, stdout, stderr } = await loadgen(given);
    assert.equal(exitCode, 0, stderr);
    assert.match(stderr, /toy leaves the duel: the server refuses connections/);
    assert.match(stdout, /toy-on-toys,workers=0,batch=8/);
  });
});

test('tune finds how many requests at a time are fastest on a server', async (t) => {
  const answerLate: Script['infer'] = (asked, _, response) => {
    setTimeout(() => answer(response, asked), 20);
  };
  const address = await startScriptedServer(t, { infer: answerLate });
  const cwd = await temporaryFolder(t);
  const { exitCode, stderr } = await loadgen(['tune', '--sut', address, '--scenario', 'Offline'], { cwd });
  assert.equal(exitCode, 0, stderr);
  const conf = await readFile(join(cwd, 'user.conf'), 'utf8');
  const workers = Number(/^sphereface20\.Offline\.sut_workers = (\d+)$/m.exec(conf)?.[1]);
  assert.ok(workers > 2, conf);
  assert.ok(!conf.includes(new URL(address).host));
});
