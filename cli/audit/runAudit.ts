import { join } from 'node:path';
import type { TestScenario } from '../../loadgen/index.js';
import type { ConfigPaths } from '../../runs/configCopies.js';
import { readJudging } from '../../runs/judging.js';
import { ACCURACY_FOLDER, PERFORMANCE_FOLDER } from '../../runs/layout.js';
import { removeFilesOfRun, writeRunFile } from '../../runs/runFolder.js';
import type { AuditResult } from '../../submission/audits/auditResult.js';
import { AUDITS, type AuditName } from '../../submission/audits/audits.js';
import type { BenchmarkOptions, BenchmarkSetup } from '../benchmark/benchmarkOptions.js';
import { planTests } from '../benchmark/planTests.js';
import { runBenchmark } from '../benchmark/runBenchmark.js';

export interface AuditRequest {
  readonly setup: BenchmarkSetup;
  /** Those that the audited run was made with. */
  readonly confs: ConfigPaths;
  readonly name: AuditName;
  readonly scenario: TestScenario;
  readonly progressNote?: BenchmarkOptions['progressNote'];
}

/**
 * Runs the performance test of a scenario again with the settings of an audit, verifies its logs against the run's, and
 * leaves what a submission needs of both in `SCENARIO/AUDIT` in the run's folder.
 */
export async function runAudit({ setup, confs, name, scenario, progressNote }: AuditRequest): Promise<AuditResult> {
  const { runFolder, system } = setup;
  const { tests } = planTests({
    scenarios: [scenario],
    modes: ['PerformanceOnly'],
    network: system.network.name,
    confs,
    auditConfig: { kind: 'audit', path: `the settings of ${name}`, text: AUDITS[name].configText },
  });
  const folder = join(scenario, name);
  await runBenchmark({
    ...setup,
    tests: tests.map((test) => ({
      ...test,
      name: `${scenario} ${name}`,
      folder: join(folder, PERFORMANCE_FOLDER),
    })),
    quick: false,
    enableTrace: false,
    progressNote,
    // Verdicts of an earlier audit are not of these logs.
    onResult: () => removeFilesOfRun(runFolder, folder),
  });
  setup.signal.throwIfAborted();
  const result = await verifyAudit(runFolder, scenario, name);
  for (const [file, text] of Object.entries(result.texts)) writeRunFile(join(runFolder, folder), file, text);
  return result;
}

/** Verifies the logs that an audit has left. Throws `REPORT_JUDGING` where there is no accuracy run. */
export async function verifyAudit(runFolder: string, scenario: TestScenario, name: AuditName): Promise<AuditResult> {
  const scenarioFolder = join(runFolder, scenario);
  const { featureValues, threshold } = await readJudging(join(scenarioFolder, ACCURACY_FOLDER));
  return AUDITS[name].verify({ scenarioFolder, auditFolder: join(scenarioFolder, name), featureValues, threshold });
}

/** An audit's verdict with its figures, and why it failed. */
export function auditText(name: AuditName, scenario: string, result: AuditResult): string {
  const figures = Object.entries(result.figures).map(([figure, value]) => `  ${figure}: ${value}`);
  const findings = result.verdict === 'PASS' ? [] : result.findings.map(({ code, message }) => `  ${code}: ${message}`);
  return [`${name} ${scenario}: ${result.verdict}`, ...figures, ...findings].join('\n');
}
