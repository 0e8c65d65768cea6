import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { ALTERATIONS } from './alterations.js';
import type { BASE_RUNS } from './auditedRun.js';
import { type AuditedRun, copyOf, makeBaseRuns, verify } from './auditedRun.js';

let baseRuns: Record<keyof typeof BASE_RUNS, AuditedRun>;
before(async () => {
  baseRuns = await makeBaseRuns();
});

for (const { name, audit, of, alter, finding } of ALTERATIONS) {
  test(`${audit}, ${of}, ${name}: ${finding ?? 'passes'}`, async () => {
    const run = copyOf(baseRuns[of]);
    alter(run);
    const result = await verify(audit, run);
    const codes = result.verdict === 'FAIL' ? result.findings.map(({ code }) => code) : [];
    if (finding === undefined) assert.deepEqual(codes, []);
    else assert.ok(codes.includes(finding), `found ${codes.join(', ') || 'none'}`);
    const passesInTexts = Object.values(result.texts).every((text) => /^TEST PASS$/m.test(text));
    assert.equal(passesInTexts, finding === undefined);
  });
}
