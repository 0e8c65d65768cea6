import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { LoadGenError } from '../../../base/errors.js';
import { applyConfigFile, type ConfigKind, defaultTestSettings, type TestSettings } from '../../../loadgen/index.js';

function configured(
  text: string,
  options: { scenario?: TestSettings['scenario']; kind?: ConfigKind } = {},
): TestSettings {
  const settings = { ...defaultTestSettings(), scenario: options.scenario ?? 'SingleStream' };
  applyConfigFile(settings, { path: 'some.conf', kind: options.kind ?? 'user', text }, 'sphereface20');
  return settings;
}

function messageFor(text: string, kind: ConfigKind = 'user'): string {
  try {
    configured(text, { kind });
  } catch (thrown) {
    assert.ok(thrown instanceof LoadGenError);
    assert.equal(thrown.code, 'CONFIG_INVALID');
    return thrown.message;
  }
  throw new assert.AssertionError({ message: `accepted: ${text}` });
}

for (const [text, field, value] of [
  ['*.SingleStream.target_latency = 21.5', 'singleStreamExpectedLatencyNs', 21_500_000],
  ['*.SingleStream.target_latency_percentile = 99.9', 'singleStreamTargetLatencyPercentile', 99.9 * 0.01],
  ['*.*.min_duration = 0x10', 'minDurationMs', 16],
  ['sphereface20.*.min_query_count = 64', 'minQueryCount', 64],
  ['*.*.mode = 1', 'mode', 'AccuracyOnly'],
  ['*.*.performance_issue_same = 1', 'performanceIssueSame', true],
  ['*.*.accuracy_log_rng_seed = 18446744073709551615', 'accuracyLogRngSeed', 2n ** 64n - 1n],
  ['  *.*.min_duration   =\t7  ', 'minDurationMs', 7],
  ['*.*.min_duration = 7\r\n', 'minDurationMs', 7],
  ['other.*.min_duration = 7', 'minDurationMs', 10_000],
  ['*.Offline.min_duration = 7', 'minDurationMs', 10_000],
  ['# *.*.min_duration = 7', 'minDurationMs', 10_000],
  ['*.*.min_duration = 7\n*.*.min_duration = 8', 'minDurationMs', 8],
] as const) {
  test(`${JSON.stringify(text)} sets ${field} to ${value}`, () => assert.equal(configured(text)[field], value));
}

for (const [text, winner] of [
  ['*.*.min_duration = 1\nsphereface20.*.min_duration = 2', 2],
  ['*.SingleStream.min_duration = 3\nsphereface20.*.min_duration = 2', 3],
  ['sphereface20.SingleStream.min_duration = 4\n*.SingleStream.min_duration = 3', 4],
] as const) {
  test(`the most specific line counts: ${JSON.stringify(text)}`, () =>
    assert.equal(configured(text).minDurationMs, winner));
}

test('seeds are read from mlperf.conf', () => {
  assert.equal(
    configured('*.*.qsl_rng_seed = 16159082839903944936', { kind: 'mlperf' }).qslRngSeed,
    16159082839903944936n,
  );
});

test('the rate of Offline is read from its own section', () => {
  assert.equal(configured('*.Offline.target_qps = 900.5', { scenario: 'Offline' }).offlineExpectedQps, 900.5);
});

for (const [text, fault] of [
  ['*.*.min_duraton = 1', 'line 1: *.*.min_duraton = 1: unknown key "min_duraton". Did you mean min_duration?'],
  ['*.*.constructor = 1', 'unknown key "constructor"'],
  ['\n*.Singlestream.min_duration = 1', 'line 2: *.Singlestream.min_duration = 1: unknown scenario "Singlestream"'],
  ['*.singlestream.min_duration = 1', 'Server, Offline. Did you mean SingleStream?'],
  ['*.min_duration = 1', 'expected a key of three parts'],
  ['*.*.min_duration=1', 'expected "key = value", with spaces around "="'],
  ['*.*.min_duration =', 'expected "key = value"'],
  ['*.*.min_duration = 1 2', 'expected one value, found 2'],
  ['*.*.min_duration = 1 # a second', 'a comment needs a line of its own'],
  ['*.*.min_duration = ten', 'expected an integer of 0 or more'],
  ['*.*.min_duration = -1', 'expected an integer of 0 or more'],
  ['*.*.min_duration = 1e3', 'expected an integer of 0 or more, in digits only'],
  ['*.*.min_duration = 0100', 'octal'],
  ['*.*.min_duration = 99999999999999999999', 'expected at most 9007199254740991'],
  ['*.*.target_latency = 1e308', 'expected a latency in milliseconds from 0.000001 to 18446744073709'],
  ['*.*.accuracy_log_rng_seed = 18446744073709551616', 'expected at most 18446744073709551615'],
  ['*.*.mode = 4', 'expected 0 (SubmissionRun), 1 (AccuracyOnly)'],
  ['*.*.performance_issue_same = 2', 'expected 0 or 1'],
  ['*.SingleStream.target_latency_percentile = 100', 'expected a percentile between 0 and 100'],
  ['*.SingleStream.target_latency = 0', 'expected a latency in milliseconds'],
  ['*.Offline.target_qps = 0', 'expected queries per second, above 0'],
  ['other.Server.target_latency = 1.5', 'expected an integer'],
  ['*.*.qsl_rng_seed = 1', '"qsl_rng_seed" counts in mlperf.conf only'],
] as const) {
  test(`${JSON.stringify(text)} is refused: ${fault}`, () =>
    assert.ok(messageFor(text).includes(fault), messageFor(text)));
}

test('all faults of a file are named at once, with their lines', () => {
  assert.equal(
    messageFor('*.*.a = 1\n*.*.min_duration = 5\nnonsense'),
    'some.conf:\n  line 1: *.*.a = 1: unknown key "a"\n  line 3: nonsense: expected "key = value", with spaces around "="',
  );
});

test('whatever a file holds, it is applied or refused with our own error', () => {
  const word = fc.constantFrom(
    '*',
    '.',
    '=',
    '#',
    'mode',
    'Offline',
    'min_duration',
    '1',
    '-1',
    '1e999',
    '\n',
    ' ',
    '\0',
    '__proto__',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.array(word).map((words) => words.join('')),
      ),
      (text) => {
        try {
          configured(text, { kind: 'mlperf' });
        } catch (thrown) {
          assert.ok(thrown instanceof LoadGenError, String(thrown));
        }
      },
    ),
    { numRuns: 10_000 },
  );
});
