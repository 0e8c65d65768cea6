import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TEST_SCENARIOS } from '../../../loadgen/index.js';
import { AUDITS } from '../../../submission/audits/audits.js';
import { makeAuditedRun, verify } from './auditedRun.js';

for (const scenario of TEST_SCENARIOS) {
  for (const sampleConcatenatePermutation of [false, true]) {
    const asked = sampleConcatenatePermutation ? 'whole permutations' : 'random samples';
    test(`a run of ${scenario} that asks for ${asked} passes both audits`, async () => {
      const run = await makeAuditedRun({ scenario, latencyNs: 1e6, settings: { sampleConcatenatePermutation } });
      for (const audit of ['TEST01', 'TEST04'] as const) {
        const result = await verify(audit, run);
        assert.deepEqual(Object.keys(result.texts), AUDITS[audit].textNames);
        assert.deepEqual(result.verdict === 'FAIL' ? result.findings : [], []);
      }
    });
  }
}
