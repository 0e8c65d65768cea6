import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { before, test } from 'node:test';
import fc from 'fast-check';
import { TEST_SCENARIOS, type TestScenario } from '../../../loadgen/index.js';
import { DETAIL_LOG_NAME } from '../../../logs/detail/read.js';
import { readLogValues } from '../../../platform/node/openLog.js';
import { expectedEntries } from '../../../submission/audits/expectedEntries.js';
import { writeLog } from '../../reports/temporaryFolder.js';
import { detail } from './alterLogs.js';
import { type AuditedRun, copyOf, makeAuditedRun, verify } from './auditedRun.js';

const runs = new Map<TestScenario, AuditedRun>();
before(async () => {
  for (const scenario of TEST_SCENARIOS)
    runs.set(scenario, copyOf(await makeAuditedRun({ scenario, latencyNs: 1e6, settings: { minQueryCount: 300 } })));
});

const ISSUE_SETTINGS = ['issue_unique', 'issue_same'].map((name) => `effective_performance_${name}`);
const SWITCHES = [...ISSUE_SETTINGS, 'effective_sample_concatenate_permutation'];
const KEYS = [
  ...SWITCHES,
  'qsl_reported_total_count',
  'result_query_count',
  ...[
    'scenario',
    'test_mode',
    'samples_per_query',
    'target_qps',
    'target_duration_ms',
    'min_duration_ms',
    'min_query_count',
    'min_sample_count',
    'performance_sample_count',
    'accuracy_sample_count',
    'performance_issue_same_index',
    'accuracy_log_sampling_target',
    'accuracy_log_probability',
    'accuracy_log_rng_seed',
    'qsl_rng_seed',
    'sample_index_rng_seed',
    'schedule_rng_seed',
  ].map((name) => `effective_${name}`),
];
const NUMBERS = ['0', '-0', '-1', '0.5', '1', '2', '19', '20', '21', '40', '601', '700', '1e6', '33000000', '1e300'];
const POWERS = [
  '2147483648',
  '-2147483648',
  '4294967296',
  '9007199254740992',
  '18446744073709551616',
  '9'.repeat(5000),
];
const OTHERS = [
  '"600"',
  '""',
  'null',
  'true',
  'false',
  '[1]',
  '{}',
  'inf',
  '-inf',
  'nan',
  '"Offline"',
  '"MultiStream"',
];
const MISSING = 'missing';

const change = fc.oneof(
  fc.tuple(fc.constantFrom(...KEYS), fc.constantFrom(...NUMBERS, ...POWERS, ...OTHERS, MISSING)),
  fc.tuple(fc.constantFrom(...SWITCHES), fc.constantFrom('true', 'false')),
);
const changes = fc.array(change, { minLength: 1, maxLength: 4 });

function withChanges(log: string, changed: readonly (readonly [key: string, text: string])[]): string {
  return changed.reduce((text, [key, value]) => {
    const line = new RegExp(`^(.*"key": "${key}", "value": )("[^"]*"|[^,]*)(,.*\\n)`, 'm');
    return text.replace(line, (_, start, _value, end) => (value === MISSING ? '' : `${start}${value}${end}`));
  }, log);
}

for (const scenario of TEST_SCENARIOS) {
  test(`whatever an audit's log in ${scenario} states, there is a verdict`, async () => {
    const run = runs.get(scenario);
    assert.ok(run);
    const file = detail(run, 'TEST01');
    const log = readFileSync(file, 'utf8');
    await fc.assert(
      fc.asyncProperty(changes, async (changed) => {
        writeFileSync(file, withChanges(log, changed));
        for (const name of ['TEST01', 'TEST04'] as const) {
          const { verdict, texts } = await verify(name, run);
          const passes = Object.values(texts).every((text) => /^TEST PASS$/m.test(text));
          assert.equal(passes, verdict === 'PASS');
        }
      }),
      { numRuns: 100 },
    );
    writeFileSync(file, log);
  });

  test(`a log of ${scenario} either is refused by name or asks for no more samples than may be drawn`, async () => {
    const run = runs.get(scenario);
    assert.ok(run);
    const log = readFileSync(detail(run, 'TEST01'), 'utf8');
    const MAX_SAMPLE_COUNT = 10_000;
    await fc.assert(
      fc.asyncProperty(changes, async (changed) => {
        const { logDir } = writeLog(DETAIL_LOG_NAME, withChanges(log, changed));
        const outcome = await readLogValues(logDir)
          .then((values) => expectedEntries(values, MAX_SAMPLE_COUNT))
          .catch((thrown: unknown) => thrown);
        if (outcome instanceof Error) assert.match(outcome.message, /mlperf_log_detail\.txt/);
        // Whole permutations end with the set, which has at most as many samples as the library.
        else assert.ok(lengthOf(outcome) <= MAX_SAMPLE_COUNT + 40);
      }),
      { numRuns: 100 },
    );
  });
}

function lengthOf(entries: unknown): number {
  assert.ok(typeof entries === 'object' && entries !== null && 'sampleIndices' in entries);
  assert.ok(entries.sampleIndices instanceof Uint32Array);
  return entries.sampleIndices.length;
}
