import assert from 'node:assert/strict';
import { test } from 'node:test';
import { adviceText } from '../../../cli/benchmark/advice.js';
import type { RunRow } from '../../../reports/index.js';

const TOO_SHORT = ['The minimum duration was not reached.'];

function singleStream(p50: number, invalidReasons: readonly string[]): RunRow {
  return { kind: 'SingleStreamPerformance', ...verdict(invalidReasons), latencyNs: { p50, p90: p50, p99: p50 } };
}

function offline(pairsPerSecond: number, invalidReasons: readonly string[]): RunRow {
  return { kind: 'OfflinePerformance', ...verdict(invalidReasons), pairsPerSecond };
}

function verdict(invalidReasons: readonly string[]) {
  const validity = invalidReasons.length === 0 ? 'VALID' : 'INVALID';
  return { sutName: 'any', validity, invalidReasons, errorMessages: [] } as const;
}

const CASES: readonly [string, readonly RunRow[], readonly string[]][] = [
  ['a short SingleStream', [singleStream(458_712_345, TOO_SHORT)], ['*.SingleStream.target_latency = 458.7']],
  ['a short Offline', [offline(3.56512, TOO_SHORT)], ['*.Offline.target_qps = 3.565']],
  ['VALID tests', [singleStream(4e8, []), offline(3, [])], []],
  ['another reason', [singleStream(4e8, ['A system failed.'])], []],
  ['a system that computes nothing', [singleStream(90, TOO_SHORT), offline(1e7, TOO_SHORT)], []],
  [
    'a broken-off test',
    [{ kind: 'BrokenOff', sutName: 'any', scenario: 'Offline', mode: 'PerformanceOnly', reason: 'aborted' }],
    [],
  ],
];

for (const [what, rows, settings] of CASES) {
  test(`${what} gets ${settings.length === 0 ? 'no advice' : 'a line for a user.conf'}`, () => {
    assert.deepEqual(adviceText(rows).split('\n  ').slice(1), settings);
    if (settings.length === 0) assert.equal(adviceText(rows), '');
  });
}
