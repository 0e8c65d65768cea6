import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withTunedSettings } from '../../../cli/tune/userConf.js';
import { applyConfigFile, defaultTestSettings } from '../../../loadgen/index.js';

const BEST = { placement: { workers: 2, threads: 1, batch: 4, spreadPairs: true }, pairNs: 82_876_543, ratio: null };
const LINES = [
  'net.SingleStream.sut_workers = 2',
  'net.SingleStream.sut_threads = 1',
  'net.SingleStream.sut_batch = 4',
  'net.SingleStream.target_latency = 82.88',
];

for (const [what, before, after] of [
  ['an empty file', '', LINES],
  ['other lines', '# mine\n*.*.min_duration = 1000\n\n', ['# mine', '*.*.min_duration = 1000', ...LINES]],
  ['lines of an earlier time', LINES.map((line) => line.replace(/= .*/, '= 9')).join('\n'), LINES],
  ['another scenario', 'net.Offline.sut_workers = 7', ['net.Offline.sut_workers = 7', ...LINES]],
  [
    'a key that only begins alike',
    'net.SingleStream.sut_workersx = 7',
    ['net.SingleStream.sut_workersx = 7', ...LINES],
  ],
] as const) {
  test(`${what}: the lines for the same keys are replaced, all others stay`, () => {
    assert.equal(withTunedSettings(before, 'net', 'SingleStream', BEST), `${after.join('\n')}\n`);
  });
}

test('what is written can be read, and twice is as once', () => {
  const once = withTunedSettings('', 'net', 'Offline', BEST);
  assert.equal(withTunedSettings(once, 'net', 'Offline', BEST), once);
  const settings = { ...defaultTestSettings(), scenario: 'Offline' as const };
  assert.deepEqual(applyConfigFile(settings, { path: 'user.conf', kind: 'user', text: once }, 'net'), []);
  assert.deepEqual(settings.extensions, { sut_workers: 2, sut_threads: 1, sut_batch: 4 });
  assert.equal(settings.offlineExpectedQps, 13.27);
});
