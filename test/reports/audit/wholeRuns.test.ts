import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TEST_SCENARIOS } from '../../../loadgen/index.js';
import { verifyTest01 } from '../../../reports/audit/test01.js';
import { verifyTest04 } from '../../../reports/audit/test04.js';
import { FEATURE_VALUES, makeAuditedRun, THRESHOLD } from './auditedRun.js';

for (const scenario of TEST_SCENARIOS) {
  test(`a run of ${scenario} with both audits passes`, async () => {
    const { scenarioFolder, test01, test04 } = await makeAuditedRun({ scenario, latencyNs: 1e6 });
    const request = { scenarioFolder, featureValues: FEATURE_VALUES, threshold: THRESHOLD };
    const first = await verifyTest01({ ...request, auditFolder: test01 });
    assert.deepEqual('findings' in first ? first.findings : [], []);
    assert.match(first.texts['verify_accuracy.txt'] ?? '', /^TEST PASS$/m);
    assert.match(first.texts['verify_performance.txt'] ?? '', /TEST PASS/);
    const second = await verifyTest04({ ...request, auditFolder: test04 });
    assert.deepEqual('findings' in second ? second.findings : [], []);
    assert.match(second.texts['verify_performance.txt'] ?? '', /TEST PASS/);
  });
}
