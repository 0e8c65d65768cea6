import assert from 'node:assert/strict';
import { cp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { comparisonSchema } from '../../reports/compare/comparison.js';
import { SHORT_CONF, temporaryFile, temporaryFolder } from './loadgen.js';
import { loadgen } from './loadgenHere.js';

test('a run is compared with another: table, JSON, CSV on a terminal and into a file', async (t) => {
  const folder = await temporaryFolder(t);
  const [one, two] = [join(folder, 'one'), join(folder, 'two')];
  const conf = await temporaryFile(t, 'user.conf', `${SHORT_CONF}*.Server.target_qps = 1000\n`);
  const scenarios = ['--scenario', 'SingleStream', 'MultiStream', 'Server', 'Offline'];
  const run = await loadgen([
    ...['run', '--sut', 'null', '--pairs', '6', '--mode', 'PerformanceOnly', ...scenarios],
    ...['--user-conf', conf, '--output', one, '--no-trace'],
  ]);
  assert.ok(run.exitCode === 0 || run.exitCode === 3, run.stderr);
  await cp(one, two, { recursive: true });
  const performance = join('SingleStream', 'performance', 'run_1');
  await rm(join(two, performance, 'mlperf_log_latencies_ns.bin'));

  const file = join(folder, 'runs.csv');
  const [table, json, csv] = await Promise.all([
    loadgen(['compare', one, two, '--csv', file]),
    loadgen(['compare', one, two, '--json']),
    loadgen(['compare', one, two, '--csv', '-']),
  ]);
  assert.equal(table.exitCode, 0, table.stderr);
  assert.deepEqual(
    table.stdout.split('\n').filter((line) => line.length > 80),
    [],
  );
  assert.match(table.stdout, /│ p90 +│ 1 +│ .*│ 1\.000 │ baseline/);
  assert.match(table.stdout, /│ 2 +│ NO_LATENCIES SingleStream: /);
  assert.equal(await readFile(file, 'utf8'), csv.stdout);
  const comparison = comparisonSchema.parse(JSON.parse(json.stdout));
  assert.deepEqual(
    comparison.scenarios.map(({ scenario }) => scenario),
    ['SingleStream', 'MultiStream', 'Server', 'Offline'],
  );
  for (const { figures } of comparison.scenarios) for (const { values } of figures) assert.equal(values[1]?.ratio, 1);
  assert.equal(comparison.runs[0]?.tests[0]?.latencies, 'latency log');
});

for (const [args, exitCode, message] of [
  [[], 2, /Not enough non-option arguments/],
  [['/no/such/folder'], 2, /^Error REPORT_RUN_FOLDER: .*\/no\/such\/folder: ENOENT/],
  [['x', '--json', '--csv', '-'], 2, /--json and --csv - exclude each other/],
  [['x', '--csv'], 2, /--csv: found no value, expected one/],
] as const) {
  test(`compare ${args.join(' ')} is refused`, async () => {
    const ended = await loadgen(['compare', ...args]);
    assert.equal(ended.exitCode, exitCode);
    assert.equal(ended.stdout, '');
    assert.match(ended.stderr, message);
  });
}
