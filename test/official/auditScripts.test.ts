/**
 * Holds our verdicts on audits against those of the official scripts. Opt-in: MLPERF_INFERENCE_DIR has to name a checkout of
 * mlcommons/inference, and python3 with NumPy has to be there.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { ALTERATIONS, type OfficialVerdict } from '../submission/audits/alterations.js';
import type { BASE_RUNS } from '../submission/audits/auditedRun.js';
import { type AuditedRun, copyOf, makeBaseRuns, verify } from '../submission/audits/auditedRun.js';

const checkout = process.env.MLPERF_INFERENCE_DIR ?? '';
const skip = reasonToSkip();
const folder = mkdtempSync(join(tmpdir(), 'official-scripts-'));
after(() => rmSync(folder, { recursive: true, force: true }));

let baseRuns: Record<keyof typeof BASE_RUNS, AuditedRun>;
before(async () => {
  if (skip === false) baseRuns = await makeBaseRuns();
});

for (const { name, audit, of, alter, official, finding, stricter } of ALTERATIONS) {
  const ours = finding === undefined ? 'PASS' : 'FAIL';
  const why = stricter === undefined ? '' : `, since ${stricter}`;
  test(`${audit}, ${of}, ${name}: ${JSON.stringify(official)}, ours ${ours}${why}`, { skip }, async () => {
    const run = copyOf(baseRuns[of]);
    alter(run);
    const found = officialVerdicts(audit, run);
    const { verdict, texts } = await verify(audit, run);
    assert.deepEqual(found, official);
    assert.equal(verdict, ours);
    const officialPasses = Object.values(found).every((part) => part === 'PASS');
    assert.equal(officialPasses, verdict === 'PASS' || stricter !== undefined);
    for (const [part, officialVerdict] of Object.entries(found)) {
      if (officialVerdict !== 'PASS') assert.match(texts[`verify_${part}.txt`] ?? '', /^TEST FAIL$/m);
    }
  });
}

function officialVerdicts(audit: string, run: AuditedRun): Partial<Record<string, OfficialVerdict>> {
  const outputFolder = mkdtempSync(join(folder, 'output-'));
  const auditLogs = join(audit === 'TEST01' ? run.test01 : run.test04, 'performance/run_1');
  const script = join(checkout, 'compliance', audit, 'run_verification.py');
  // The script works in its current folder.
  spawnSync('python3', [script, '-r', run.scenarioFolder, '-c', auditLogs, '-o', outputFolder], { cwd: outputFolder });
  const performance = verdictOf(outputFolder, 'verify_performance.txt');
  return audit === 'TEST01'
    ? { accuracy: verdictOf(outputFolder, 'verify_accuracy.txt'), performance }
    : { performance };
}

function verdictOf(outputFolder: string, name: string): OfficialVerdict {
  const text = readFileSync(join(outputFolder, name), 'utf8');
  if (text.includes('TEST PASS')) return 'PASS';
  return text.includes('Traceback (most recent call last)') ? 'crash' : 'FAIL';
}

function reasonToSkip(): string | false {
  if (checkout === '') return 'MLPERF_INFERENCE_DIR names no checkout of mlcommons/inference';
  if (!existsSync(join(checkout, 'compliance/TEST01/run_verification.py')))
    return `MLPERF_INFERENCE_DIR: there is no compliance/TEST01/run_verification.py in ${checkout}`;
  const { status } = spawnSync('python3', ['-c', 'import numpy']);
  return status === 0 ? false : 'there is no python3 with NumPy here';
}
