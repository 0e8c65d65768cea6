import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { LoadGenError } from '../../../base/errors.js';
import type { LogSettings } from '../../../loadgen/logs/logSettings.js';
import { defaultLogSettings, defaultTestSettings, startTest } from '../../../platform/node/index.js';
import { readLogValues } from '../../../platform/node/openLog.js';

const folder = mkdtempSync(join(tmpdir(), 'loadgen-logs-'));
after(() => rmSync(folder, { recursive: true }));

function run(logSettings: Partial<LogSettings>, sutName = 'sut') {
  return startTest(
    {
      name: sutName,
      issueQuery: (samples, responder) =>
        responder.querySamplesComplete(samples.map(({ id }) => ({ id, data: new Uint8Array([id, 255]) }))),
      flushQueries: () => {},
    },
    {
      name: 'library',
      totalSampleCount: 3,
      performanceSampleCount: 3,
      loadSamplesToRam: () => {},
      unloadSamplesFromRam: () => {},
    },
    { ...defaultTestSettings(), mode: 'SubmissionRun', minDurationMs: 0 },
    { ...defaultLogSettings(), ...logSettings },
  );
}

test('the four logs and the one of latencies lie in a folder that is made for them', async () => {
  const outdir = join(folder, 'deep', 'inside');
  await run({ outdir });
  assert.deepEqual(readdirSync(outdir).sort(), [
    'mlperf_log_accuracy.json',
    'mlperf_log_detail.txt',
    'mlperf_log_latencies_ns.bin',
    'mlperf_log_summary.txt',
    'mlperf_log_trace.json',
  ]);
  assert.deepEqual(JSON.parse(readFileSync(join(outdir, 'mlperf_log_accuracy.json'), 'utf8'))[0].data, '00FF');
  const { traceEvents } = JSON.parse(readFileSync(join(outdir, 'mlperf_log_trace.json'), 'utf8'));
  assert.equal(traceEvents.filter(({ ph }: { ph: string }) => ph === 'b').length, 103);
});

test('without a trace there is no trace file', async () => {
  const outdir = join(folder, 'untraced');
  await run({ outdir, enableTrace: false });
  assert.equal(existsSync(join(outdir, 'mlperf_log_trace.json')), false);
});

test('prefix, suffix and date stand in the names', async () => {
  const outdir = join(folder, 'named');
  await run({ outdir, prefix: 'a_', suffix: '_b', prefixWithDatetime: true });
  assert.ok(
    readdirSync(outdir).every((name) => /^a_\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ_\w+_b\.(txt|json|bin)$/.test(name)),
  );
});

test('every line of the detail log is JSON behind its mark, whatever the SUT is called', async () => {
  const outdir = join(folder, 'quoted');
  const sutName = 'a "quoted"\nname \\';
  await run({ outdir }, sutName);
  const lines = readFileSync(join(outdir, 'mlperf_log_detail.txt'), 'utf8').trimEnd().split('\n');
  const entries = lines.map((line) => {
    assert.ok(line.startsWith(':::MLLOG {"key": '));
    return JSON.parse(line.slice(9));
  });
  assert.equal(entries.find(({ key }) => key === 'sut_name').value, sutName);
});

test('a folder that cannot be made is named', async () => {
  const file = join(folder, 'file');
  writeFileSync(file, '');
  await assert.rejects(
    run({ outdir: join(file, 'logs') }),
    (error) => error instanceof LoadGenError && error.code === 'LOG_WRITE',
  );
});

const needsFullDevice = { skip: !existsSync('/dev/full') && 'this system has no /dev/full' };

for (const name of ['detail.txt', 'accuracy.json', 'trace.json', 'latencies_ns.bin']) {
  test(
    `where ${name} meets a full disk there is no summary, and the detail log is not complete`,
    needsFullDevice,
    async () => {
      const outdir = mkdtempSync(join(folder, 'full-'));
      const file = (log: string) => join(outdir, `mlperf_log_${log}`);
      symlinkSync('/dev/full', file(name));
      await assert.rejects(run({ outdir }), {
        code: 'LOG_WRITE',
        exitCode: 1,
        message: new RegExp(`mlperf_log_${name}: .*ENOSPC`),
      });
      assert.equal(readFileSync(file('summary.txt'), 'utf8'), '');
      if (name !== 'detail.txt') await assert.rejects(readLogValues(outdir), { code: 'REPORT_LOG_TRUNCATED' });
    },
  );
}

test('a detail log that lacks any of its last lines is not complete', async () => {
  const outdir = join(folder, 'cut');
  await run({ outdir });
  const file = join(outdir, 'mlperf_log_detail.txt');
  assert.ok((await readLogValues(outdir)).has('result_validity'));
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  const version = lines.findIndex((line) => line.includes('harness_log_version'));
  for (let end = version + 1; end < lines.length; end++) {
    writeFileSync(file, `${lines.slice(0, end).join('\n')}\n`);
    await assert.rejects(readLogValues(outdir), { code: 'REPORT_LOG_TRUNCATED', message: /is not complete/ });
  }
  // Those of earlier versions lack both.
  const old = lines.filter((line) => !/harness_log_(version|complete)/.test(line));
  writeFileSync(file, `${old.join('\n')}\n`);
  assert.ok((await readLogValues(outdir)).has('result_validity'));
});
