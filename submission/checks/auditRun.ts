import { join } from 'node:path';
import { readBoundedText } from '../../platform/node/files.js';
import { PERFORMANCE_FOLDER } from '../../runs/layout.js';
import { AUDITS, type AuditName } from '../audits/audits.js';
import { type Finding, newFinding } from '../finding.js';
import type { CheckedFolder } from './detailLogFindings.js';
import { type CheckedTest, checkPerformanceRun, type PerformanceRules } from './performanceRun.js';

const MAX_BYTES = 1 << 24;

/** A compliance test: its verdicts, and the logs of its run. */
export async function checkAudit(
  folder: CheckedFolder,
  audit: AuditName,
  rules: Omit<PerformanceRules, 'audit'>,
): Promise<CheckedTest> {
  const runFolder = { path: join(folder.path, PERFORMANCE_FOLDER), shown: `${folder.shown}/${PERFORMANCE_FOLDER}` };
  const run = await checkPerformanceRun(runFolder, { ...rules, audit });
  const verdicts = await Promise.all(AUDITS[audit].textNames.map((name) => checkVerdict(folder, name)));
  return { findings: [...verdicts.flat(), ...run.findings], identity: run.identity };
}

async function checkVerdict({ path, shown }: CheckedFolder, name: string): Promise<Finding[]> {
  const finding = (found: string, line: number | null = null): Finding[] => [
    newFinding(`${shown}/${name}`, found, 'a line "TEST PASS", and none that says otherwise', { line }),
  ];
  const read = await readBoundedText(join(path, name), MAX_BYTES);
  if ('fault' in read) return finding(read.fault);
  const lines = read.text.split(/\r?\n/).map((line) => line.trim());
  const failed = lines.findIndex((line) => line.includes('TEST FAIL'));
  if (failed >= 0) return finding('"TEST FAIL"', failed + 1);
  return lines.includes('TEST PASS') ? [] : finding('no such line');
}
