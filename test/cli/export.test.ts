import assert from 'node:assert/strict';
import { readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import { checkedResult } from '../reports/result/checkResult.js';
import { SHORT_CONF, temporaryFile, temporaryFolder } from './loadgen.js';
import { loadgen } from './loadgenHere.js';

const RUN = ['run', '--sut', 'null', '--pairs', '6', '--scenario', 'Offline', 'SingleStream'];

test('a run is exported: its result as run --json prints it, and a trace beside each performance test', async (t) => {
  const output = await temporaryFolder(t);
  const args = [...RUN, '--user-conf', await temporaryFile(t, 'user.conf', SHORT_CONF), '--output', output];
  const run = await loadgen([...args, '--json']);
  // Zeros make no accuracy.
  assert.equal(run.exitCode, 3, run.stderr);
  const exported = await loadgen(['export', output, '--json', '--trace']);
  assert.equal(exported.exitCode, 0, exported.stderr);
  const files = [
    join(output, 'result.json'),
    join(output, 'SingleStream', 'performance', 'run_1', 'trace.perfetto.json'),
    join(output, 'Offline', 'performance', 'run_1', 'trace.perfetto.json'),
  ];
  assert.equal(exported.stdout, files.map((file) => `${file}\n`).join(''));
  const [result = '', ...traces] = await Promise.all(files.map((file) => readFile(file, 'utf8')));
  // The file may be published, and the path above the folder name the owner of the machine.
  assert.equal(result, run.stdout.replace(JSON.stringify(output), JSON.stringify(basename(output))));
  assert.ok(!result.includes(output));
  const { tests } = checkedResult(result);
  assert.deepEqual(
    tests.map(({ folder, accuracy }) => [folder, accuracy?.pairs]),
    [
      ['SingleStream/accuracy', 6],
      ['SingleStream/performance/run_1', undefined],
      ['Offline/accuracy', 6],
      ['Offline/performance/run_1', undefined],
    ],
  );
  for (const text of traces) {
    const starts = JSON.parse(text).traceEvents.filter(({ ph }: { ph: string }) => ph === 'b');
    assert.equal(starts.length, 100);
  }

  const again = await loadgen([...args, '--mode', 'PerformanceOnly', '--no-trace']);
  assert.equal(again.exitCode, 0, again.stderr);
  const left = await readdir(output, { recursive: true });
  assert.deepEqual(
    left.filter((name) => /result\.json|perfetto/.test(name)),
    [],
  );
  const without = await loadgen(['export', output, '--trace']);
  assert.equal(without.exitCode, 2);
  assert.match(without.stderr, /^Error REPORT_NO_TRACE: .*SingleStream.* has no mlperf_log_trace\.json$/m);

  await truncate(join(output, 'Offline', 'performance', 'run_1', 'mlperf_log_detail.txt'), 1000);
  const cut = await loadgen(['export', output, '--csv']);
  assert.equal(cut.exitCode, 0, cut.stderr);
  assert.match(cut.stderr, /^Offline: PerformanceOnly is missing: its detail log ends early/m);
  assert.equal(cut.stdout, `${join(output, 'SingleStream', 'performance', 'run_1', 'latencies.csv')}\n`);
});

test('a trace that cannot be read leaves no file and names its line', async (t) => {
  const detail = await readFile(new URL('../../../test/fixtures/offline-run/mlperf_log_detail.txt', import.meta.url));
  const trace = await temporaryFile(t, 'mlperf_log_trace.json', '{"traceEvents":[\n{"name":"cut');
  const folder = join(trace, '..');
  await writeFile(join(folder, 'mlperf_log_detail.txt'), detail);
  const { exitCode, stdout, stderr } = await loadgen(['export', folder, '--trace']);
  assert.deepEqual([exitCode, stdout], [2, '']);
  assert.match(stderr, /^Error REPORT_TRACE_LOG: .*mlperf_log_trace\.json:2: found \{"name":"cut, expected /m);
  assert.deepEqual((await readdir(folder)).toSorted(), ['mlperf_log_detail.txt', 'mlperf_log_trace.json']);
});

test('there is nothing to export of an accuracy run but its result', async (t) => {
  const output = await temporaryFolder(t);
  const run = await loadgen([...RUN.slice(0, -1), '--mode', 'AccuracyOnly', '--output', output]);
  assert.equal(run.exitCode, 3, run.stderr);
  for (const format of ['--trace', '--csv']) {
    const { exitCode, stdout, stderr } = await loadgen(['export', output, format]);
    assert.deepEqual([exitCode, stdout], [2, '']);
    assert.match(stderr, /^Error EXPORT_NOTHING: .* holds no performance test; expected one$/m);
  }
});

test('export without a format is refused', async () => {
  const { exitCode, stderr } = await loadgen(['export', '/no/such/folder']);
  assert.equal(exitCode, 2);
  assert.match(stderr, /Name a format: --json, --trace, --hgrm, --hlog or --csv/);
});
