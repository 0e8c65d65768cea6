/** Modes of the LoadGen beyond accuracy and performance, as a person gives them. */
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { TEST_SCENARIOS } from '../../loadgen/index.js';
import { SHORT_CONF, temporaryFile, temporaryFolder } from './loadgen.js';
import { loadgen } from './loadgenHere.js';

const NULL_RUN = ['run', '--sut', 'null', '--pairs', '6'];
const FAST_SERVER = '*.Server.target_qps = 4000\n*.*.min_query_count = 700\n';

test('a SubmissionRun of each scenario gives a row for accuracy and one for performance, and leaves all files', async (t) => {
  const output = await temporaryFolder(t);
  const conf = await temporaryFile(t, 'user.conf', SHORT_CONF + FAST_SERVER);
  const { exitCode, stdout, stderr } = await loadgen([
    ...NULL_RUN,
    ...['--mode', 'SubmissionRun', '--scenario', ...TEST_SCENARIOS, '--user-conf', conf, '--output', output],
  ]);
  // Zeros make no accuracy, for which performance is not to blame.
  assert.equal(exitCode, 3, stderr);
  for (const scenario of TEST_SCENARIOS) {
    assert.match(stdout, new RegExp(`│ ${scenario} accuracy .* INVALID`));
    const folder = join(output, scenario, 'SubmissionRun');
    assert.match(await readFile(join(folder, 'mlperf_log_summary.txt'), 'utf8'), /^Result is : VALID$/m);
    assert.match(await readFile(join(folder, 'accuracy.txt'), 'utf8'), /total=6/);
    // MultiStream fills its one query up.
    const logged = JSON.parse(await readFile(join(folder, 'mlperf_log_accuracy.json'), 'utf8'));
    assert.equal(logged.length, scenario === 'MultiStream' ? 8 : 6);
    assert.deepEqual((await readdir(folder)).toSorted(), [
      'accuracy.txt',
      'judging.json',
      'mlperf_log_accuracy.json',
      'mlperf_log_detail.txt',
      'mlperf_log_latencies_ns.bin',
      'mlperf_log_summary.txt',
      'mlperf_log_trace.json',
      'pairs.json',
    ]);
  }
  assert.match(stdout, /│ SingleStream performance │ p50 .* VALID/);
  assert.match(stdout, /│ Offline performance {6}│ per second .* VALID/);
  assert.match(stderr, /^SingleStream submission …$/m);
});

test('a search for the peak of a system that has none ends soon and says why', async (t) => {
  const output = await temporaryFolder(t);
  const search = `${SHORT_CONF}*.Server.target_qps = 20000\n*.Server.target_latency = 1000\n`;
  const { exitCode, stdout, stderr } = await loadgen([
    ...NULL_RUN,
    ...['--mode', 'FindPeakPerformance', '--scenario', 'Server', '--output', output],
    ...['--user-conf', await temporaryFile(t, 'user.conf', search)],
  ]);
  assert.equal(exitCode, 3, stderr);
  assert.match(stdout, /no peak was found: .* at 640000\.000000 queries/s);
  assert.match(stderr, /^Server peak …$[\s\S]*^The system is too fast for Server: /m);
  const log = await readFile(join(output, 'Server', 'FindPeakPerformance', 'mlperf_log_detail.txt'), 'utf8');
  assert.match(log, /FindBoundaries: Checking fields \[320000\.000000, 640000\.000000\)/);
});

for (const scenario of ['SingleStream', 'MultiStream', 'Offline']) {
  test(`a search for the peak of ${scenario} is refused before anything is prepared`, async () => {
    const { exitCode, stderr } = await loadgen([
      ...['run', '--mode', 'FindPeakPerformance', '--scenario', 'Server', scenario, '--dataset', '/no/such/folder'],
    ]);
    assert.equal(exitCode, 2);
    assert.match(stderr, new RegExp(`FindPeakPerformance is for --scenario Server alone, not for ${scenario}`));
  });
}
