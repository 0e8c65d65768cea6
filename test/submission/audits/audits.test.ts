import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyConfigFile, defaultTestSettings, TEST_SCENARIOS } from '../../../loadgen/index.js';
import { AUDITS } from '../../../submission/audits/audits.js';

for (const scenario of TEST_SCENARIOS) {
  test(`the config files of audits are such as ${scenario} takes`, () => {
    const asked = { ...defaultTestSettings(), scenario, mode: 'AccuracyOnly', performanceIssueUnique: true } as const;
    const settingsOf = (text: string) => {
      const settings = { ...asked };
      assert.deepEqual(applyConfigFile(settings, { path: 'audit.config', kind: 'audit', text }, '*'), []);
      return settings;
    };
    assert.deepEqual(settingsOf(AUDITS.TEST01.configText), {
      ...asked,
      mode: 'PerformanceOnly',
      accuracyLogRngSeed: 720381539243781796n,
      accuracyLogSamplingTarget: 4096,
    });
    assert.deepEqual(settingsOf(AUDITS.TEST04.configText), {
      ...asked,
      mode: 'PerformanceOnly',
      performanceIssueUnique: false,
      performanceIssueSame: true,
      performanceIssueSameIndex: 3,
    });
  });
}
