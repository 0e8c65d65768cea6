/** Settings that can be read, and do something else than their author means. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFile, temporaryFolder } from './loadgen.js';
import { loadgen } from './loadgenHere.js';

/** Looked for after the settings are checked. */
const LATER = ['--dataset', '/no/such/folder'];

/** Answers each query after 400 ms, with numbers that mean nothing. */
const SLOW = `export default {
  interfaceVersion: 1,
  kind: 'systemUnderTest',
  name: 'slow',
  async createSystemUnderTest({ network }) {
    const data = new Uint8Array(new Float32Array(4 * network.embeddingValues).fill(1).buffer);
    return {
      name: 'slow',
      configuration: { engine: 'slow' },
      issueQuery(samples, responder) {
        setTimeout(() => responder.querySamplesComplete(samples.map(({ id }) => ({ id, data }))), 400);
      },
      flushQueries() {},
      async close() {},
    };
  },
};
`;

const REFUSED: readonly [what: string, scenario: string, conf: string, message: RegExp][] = [
  [
    'a percentile as a fraction',
    'Server',
    '*.Server.target_latency_percentile = 0.99\n*.Server.target_qps = 50\n',
    /line 1: .*: found a percentile of 0\.99, expected one such as 99 for 99 %/,
  ],
  [
    'a maximum duration below the minimum',
    'SingleStream',
    '*.*.min_duration = 5000\n*.*.max_duration = 1000\n',
    /line 2: .*: found a maximum below the minimum, expected at least min_duration = 5000 of .*: line 1/,
  ],
];
for (const [what, scenario, conf, message] of REFUSED) {
  test(`${what} is refused before the run`, async (t) => {
    const file = await temporaryFile(t, 'user.conf', conf);
    const { exitCode, stderr } = await loadgen(['run', '--scenario', scenario, '--user-conf', file, ...LATER]);
    assert.equal(exitCode, 2);
    assert.match(stderr, message);
  });
}

test('lines for other models, or in other letters, are noticed', async (t) => {
  const conf = 'resnet50.SingleStream.min_duration = 500\nSphereface20.SingleStream.min_duration = 500\n';
  const file = await temporaryFile(t, 'user.conf', conf);
  const { stderr } = await loadgen(['run', '--sut', 'null', '--user-conf', file, ...LATER]);
  assert.match(stderr, /line 1: settings for the model "resnet50" have no effect, expected \* or sphereface20$/m);
  assert.match(
    stderr,
    /line 2: settings for the model "Sphereface20" have no effect.*\. Did you mean sphereface20\?$/m,
  );
});

test('an end because of too many outstanding queries is named, without advice that would not help', async (t) => {
  const conf = '*.*.min_duration = 1000\n*.Server.target_qps = 50\n*.Server.max_async_queries = 2\n';
  const [file, sut] = [await temporaryFile(t, 'user.conf', conf), await temporaryFile(t, 'slow.mjs', SLOW)];
  const output = join(await temporaryFolder(t), 'run');
  const { exitCode, stdout } = await loadgen([
    ...['run', '--sut', sut, '--unverified', '--scenario', 'Server', '--mode', 'PerformanceOnly', '--pairs', '6'],
    ...['--user-conf', file, '--output', output],
  ]);
  assert.equal(exitCode, 3);
  assert.match(stdout, /│ INVALID: Ended early: Too many outstanding queries \(issued 3 outstanding/);
  assert.doesNotMatch(stdout, /For a VALID run|target QPS so the loadgen pre-generates/);
});
