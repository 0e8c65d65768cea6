import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { applyConfigFile, defaultTestSettings } from '../../../loadgen/index.js';

const text = readFileSync(new URL('../../../../mlperf.conf', import.meta.url), 'utf8');

for (const [scenario, expected] of [
  ['SingleStream', { minDurationMs: 600_000, minQueryCount: 100, singleStreamExpectedLatencyNs: 20e6 }],
  ['Offline', { minDurationMs: 600_000, minQueryCount: 600, offlineExpectedQps: 5 }],
] as const) {
  test(`the shipped mlperf.conf sets up ${scenario} for a compliant run`, () => {
    const settings = { ...defaultTestSettings(), scenario };
    applyConfigFile(settings, { path: 'mlperf.conf', kind: 'mlperf', text }, 'sphereface20');
    assert.deepEqual({ ...settings, ...expected }, settings);
    assert.equal(settings.qslRngSeed, 2085463073848966840n);
  });
}
