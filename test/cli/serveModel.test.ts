import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, type TestContext, test } from 'node:test';
import { loadgen, SIX_PAIRS, start, temporaryFile, temporaryFolder } from './loadgen.js';

/** Serves an engine, and resolves with the address that is printed. */
async function serve(t: TestContext, args: readonly string[]) {
  const running = start(['serve-model', '--port', '0', ...args]);
  t.after(() => running.process.kill('SIGKILL'));
  const [printed] = await once(running.process.stdout ?? process.stdin, 'data');
  return { running, address: String(printed).trim() };
}

describe('serve-model', () => {
  test('serves an engine that is measured as it is alone, until Ctrl-C', async (t) => {
    const { running, address } = await serve(t, ['--sut', 'onnxruntime']);
    assert.match(address, /^http:\/\/127\.0\.0\.1:\d+\/v2\/models\/onnxruntime$/);
    const pairs = ['--pairs-file', await temporaryFile(t, 'pairs.txt', SIX_PAIRS)];
    const accuracy = ['--scenario', 'Offline', '--mode', 'AccuracyOnly', '--output', await temporaryFolder(t)];
    const { exitCode, stdout, stderr } = await loadgen(['run', '--sut', address, ...pairs, ...accuracy]);
    assert.equal(exitCode, 0, stderr);
    assert.match(stdout, /Offline accuracy/);
    running.process.kill('SIGINT');
    const ended = await running.ended;
    assert.equal(ended.exitCode, 0, ended.stderr);
    assert.match(ended.stderr, /onnxruntime in \d+ workers?, for anyone who reaches 127\.0\.0\.1\. Ctrl-C ends it\./);
  });

  const faults: readonly (readonly [args: readonly string[], message: RegExp])[] = [
    [['--port', '70000'], /--port must be a whole number from 0 to 65535/],
    [['--port', '0', '--host', '203.0.113.1', '--sut', 'null'], /SERVE_LISTEN: cannot listen on 203\.0\.113\.1:0/],
    [['--sut', 'tensorflow'], /SUT_UNKNOWN/],
  ];
  for (const [args, message] of faults) {
    test(`refuses ${args.join(' ')}`, async () => {
      const { exitCode, stderr } = await loadgen(['serve-model', ...args]);
      assert.equal(exitCode, 2);
      assert.match(stderr, message);
    });
  }
});
