import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { effectiveSettingsInLog } from '../../../loadgen/logs/settingsEntries.js';
import {
  defaultLogSettings,
  defaultTestSettings,
  deriveEffectiveSettings,
  startTest,
  type TestSettings,
} from '../../../platform/node/index.js';
import { readRun } from '../../../reports/figures/measureRun.js';
import { SPHEREFACE20_SHAPE } from '../../../sut/networks/sphereface20.js';
import { createNullSut } from '../../../sut/nullSut.js';

const folder = mkdtempSync(join(tmpdir(), 'settings-texts-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const library = {
  name: 'empty',
  totalSampleCount: 20,
  performanceSampleCount: 10,
  loadSamplesToRam: () => {},
  unloadSamplesFromRam: () => {},
};

const SETTINGS: Readonly<Record<string, Partial<TestSettings>>> = {
  'SingleStream with seeds beyond 2^53': {
    scenario: 'SingleStream',
    qslRngSeed: 2085463073848966840n,
    scheduleRngSeed: 16159082839903944936n,
    singleStreamExpectedLatencyNs: 1234567.89,
  },
  'Offline at a rate with many digits': { scenario: 'Offline', offlineExpectedQps: 10 / 3, minQueryCount: 10 },
  'Server, logging a third': { scenario: 'Server', serverTargetQps: 123456.7, accuracyLogProbability: 1 / 3 },
  'MultiStream in whole permutations': { scenario: 'MultiStream', sampleConcatenatePermutation: true },
};
for (const [what, changes] of Object.entries(SETTINGS)) {
  test(`effective settings are as they are read from the log: ${what}`, async () => {
    const settings = { ...defaultTestSettings(), minDurationMs: 0, minQueryCount: 5, ...changes };
    const outdir = mkdtempSync(join(folder, 'run-'));
    await startTest(createNullSut(SPHEREFACE20_SHAPE), library, settings, { ...defaultLogSettings(), outdir });
    const values = Object.entries(effectiveSettingsInLog(deriveEffectiveSettings(settings, library)));
    const found = (await readRun(outdir)).tests[0]?.test.settings;
    assert.deepEqual(
      Object.fromEntries(values.map(([key, value]) => [key.replace('effective_', ''), String(value)])),
      found,
    );
  });
}
