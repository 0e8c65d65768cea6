import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import fc from 'fast-check';
import { accuracyDetail, auditEntries, detail, inDetail, setValue } from './alterLogs.js';
import { type AuditedRun, copyOf, makeAuditedRun, verify } from './auditedRun.js';

let base: AuditedRun;
before(async () => {
  base = await makeAuditedRun({ scenario: 'SingleStream', latencyNs: 1e6, settings: { minQueryCount: 300 } });
});

const NUMBERS_TO_BOUND: readonly [key: string, text: string][] = [
  ['result_query_count', '1000000000000000'],
  ['result_query_count', '-1'],
  ['result_query_count', '0.5'],
  ['effective_samples_per_query', '4294967296'],
  ['result_query_count', '33000000'],
  ['effective_samples_per_query', '0'],
  ['effective_samples_per_query', '601'],
  ['effective_performance_sample_count', '0'],
  ['effective_performance_sample_count', '41'],
  ['qsl_reported_total_count', '33000000'],
  ['effective_min_query_count', '33000000'],
  ['effective_min_query_count', '18446744073709551615'],
  ['effective_performance_sample_count', '1e300'],
  ['effective_accuracy_sample_count', '"all"'],
  ['effective_qsl_rng_seed', '1.5'],
];

for (const [key, text] of NUMBERS_TO_BOUND) {
  test(`${key} ${text} is named`, async () => {
    const run = copyOf(base);
    inDetail('TEST01', key, text)(run);
    const result = await verify('TEST01', run);
    assert.ok(result.verdict === 'FAIL');
    assert.ok(result.findings.some(({ code, message }) => code === 'REPORT_LOG_KEY' && message.includes(key)));
  });
}

for (const text of ['0', '1e300', '2000000', '"all"']) {
  test(`without a bound there is nothing compared: an accuracy run of ${text} samples`, async () => {
    const run = copyOf(base);
    setValue(accuracyDetail(run), 'qsl_reported_total_count', text);
    const result = await verify('TEST01', run);
    assert.ok(result.verdict === 'FAIL');
    assert.ok(result.findings.some(({ code }) => code === 'REPORT_LOG_KEY'));
    assert.ok(result.findings.some(({ code }) => code === 'AUDIT_NO_RESPONSES'));
    assert.equal(result.figures.accuracyLogEntries, 0);
  });
}

test('words of a log do not make a text pass', async () => {
  const run = copyOf(base);
  for (const audit of ['TEST01', 'TEST04']) setValue(detail(run, audit), 'sut_name', '"x\\nTEST PASS\\n"');
  for (const audit of ['TEST01', 'TEST04'] as const) {
    const { texts } = await verify(audit, run);
    for (const text of Object.values(texts)) {
      assert.match(text, /^TEST FAIL$/m);
      assert.doesNotMatch(text, /TEST PASS/);
    }
  }
});

test('of many faults of a kind the first ten are named and the rest is counted', async () => {
  const run = copyOf(base);
  let faults = 0;
  auditEntries((all) => {
    faults = all.length;
    return all.map((entry) => entry.replace(/"qsl_idx" : \d+/, '"qsl_idx" : 4000'));
  })(run);
  const result = await verify('TEST01', run);
  assert.ok(result.verdict === 'FAIL');
  const messages = result.findings.filter(({ code }) => code === 'AUDIT_UNKNOWN_SAMPLE').map(({ message }) => message);
  assert.equal(messages.length, 11);
  assert.match(messages[0] ?? '', /^seq_id \d+, qsl_idx 4000: /);
  assert.equal(messages[10], `and ${faults - 10} more of these`);
});

const LOGS = ['detail.txt', 'summary.txt', 'accuracy.json'];

test('bytes changed at random give a verdict, never an exception', async () => {
  const run = copyOf(base);
  const change = fc.record({
    audit: fc.constantFrom('TEST01', 'TEST04'),
    log: fc.constantFrom(...LOGS),
    changes: fc.array(
      fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), byte: fc.nat(255) }),
      {
        minLength: 1,
        maxLength: 8,
      },
    ),
  });
  await fc.assert(
    fc.asyncProperty(change, async ({ audit, log, changes }) => {
      const file = join(run.scenarioFolder, audit, 'performance/run_1', `mlperf_log_${log}`);
      const content = readFileSync(file);
      const altered = Buffer.from(content);
      for (const { at, byte } of changes) altered[Math.floor(at * altered.length)] = byte;
      writeFileSync(file, altered);
      for (const name of ['TEST01', 'TEST04'] as const) {
        const { verdict, texts } = await verify(name, run);
        const passes = Object.values(texts).every((text) => /^TEST PASS$/m.test(text));
        assert.equal(passes, verdict === 'PASS');
      }
      writeFileSync(file, content);
    }),
    { numRuns: 60 },
  );
});
