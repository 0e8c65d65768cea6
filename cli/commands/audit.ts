import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Argv } from 'yargs';
import { EXIT_CODE, LoadGenError } from '../../base/errors.js';
import { TEST_SCENARIOS, type TestScenario } from '../../loadgen/index.js';
import { readRun } from '../../reports/figures/measureRun.js';
import { ACCURACY_FOLDER, PERFORMANCE_FOLDER } from '../../runs/layout.js';
import { withRunFolder } from '../../runs/measuringFolder.js';
import type { AuditResult } from '../../submission/audits/auditResult.js';
import { AUDIT_NAMES, type AuditName } from '../../submission/audits/audits.js';
import { type ReSuppliedPaths, type RunOptions, recreateRunOptions } from '../audit/recreateRunOptions.js';
import { auditText, runAudit } from '../audit/runAudit.js';
import { openBenchmarkDataset } from '../benchmark/openBenchmarkDataset.js';
import { planTests } from '../benchmark/planTests.js';
import { placementFor } from '../benchmark/systemChoice.js';
import { defineCommand } from '../command.js';
import { interruptible } from '../interruption.js';
import { argument, flag, list, text } from '../options.js';
import { checkSystem } from '../supervision/supervisedSystems.js';
import { PYTHON } from '../systemOptions.js';

interface AuditArguments extends ReSuppliedPaths {
  readonly test: AuditName;
  readonly run: string;
  readonly scenario: readonly TestScenario[] | undefined;
  readonly json: boolean;
}

export const auditCommand = defineCommand(
  (command: Argv) =>
    command
      .positional('test', { choices: AUDIT_NAMES, demandOption: true, describe: 'Compliance test' })
      .positional('run', argument('Folder of a run with accuracy and performance tests'))
      .option('scenario', list(TEST_SCENARIOS, 'Scenarios to test (default: all that the run has)'))
      .option('sut', text("The run's plugin, if it was one"))
      .option('model', text("The run's own model file, if it had one"))
      .option('dataset', text("The run's data set, if it was a folder"))
      .option('pairs-file', text("The run's own pair list, if it had one"))
      .option('python', PYTHON)
      .option('json', flag('Print the verdicts as JSON'))
      .example('$0 audit TEST01 runs/mine', "Takes as long as the run's performance tests")
      .example('$0 audit TEST04 runs/mine --dataset ~/lfw', 'If the data set was a folder'),
  audit,
);

async function audit(options: AuditArguments): Promise<void> {
  const { test: name, run: runFolder, json } = options;
  const scenarios = await auditedScenarios(runFolder, options.scenario);
  const recreated = await recreateRunOptions(runFolder, options);
  const audited = await interruptible((signal) =>
    withRunFolder(runFolder, () => auditAll(options, recreated, scenarios, signal)),
  );
  if (json) console.log(JSON.stringify({ version: 1, audit: name, scenarios: audited }, undefined, 2));
  else for (const { scenario, result } of audited) console.log(auditText(name, scenario, result));
  if (audited.some(({ result }) => result.verdict === 'FAIL')) process.exitCode = EXIT_CODE.invalid;
}

interface AuditedScenario {
  readonly scenario: TestScenario;
  readonly result: AuditResult;
}

async function auditAll(
  { test: name, run: runFolder }: AuditArguments,
  { made, system, dataset: datasetArguments, confs }: RunOptions,
  scenarios: readonly TestScenario[],
  signal: AbortSignal,
): Promise<AuditedScenario[]> {
  const { network } = made;
  const { tests } = planTests({ scenarios, modes: ['PerformanceOnly'], network, confs, auditConfig: undefined });
  const placements = tests.map(({ settings }) => placementFor(settings, system));
  const { name: reportedSutName } = await checkSystem(system, placements, signal);
  const dataset = await openBenchmarkDataset(datasetArguments, tests, signal);
  const differences = [
    ...(reportedSutName === made.sut ? [] : [`system ${reportedSutName}, the run's is ${made.sut}`]),
    ...(dataset.digest === made.dataset.sha256
      ? []
      : [`data of digest ${dataset.digest}, the run's have ${made.dataset.sha256}`]),
  ];
  if (differences.length > 0) throw new LoadGenError('AUDIT_RUN', `${runFolder}: found ${differences.join('; ')}`);
  const setup = {
    system,
    reportedSutName,
    dataset,
    datasetOptions: datasetArguments,
    runFolder,
    runId: made.id,
    responseTimeoutMs: undefined,
    signal,
  };
  const audited: AuditedScenario[] = [];
  for (const scenario of scenarios) {
    audited.push({ scenario, result: await runAudit({ setup, confs, name, scenario }) });
  }
  return audited;
}

/** Throws `AUDIT_RUN` unless each of them has the tests that an audit is verified against, whole and VALID. */
async function auditedScenarios(
  runFolder: string,
  wanted: readonly TestScenario[] | undefined,
): Promise<readonly TestScenario[]> {
  const lacking = (scenario: TestScenario) =>
    AUDITED.filter((folder) => !existsSync(join(runFolder, scenario, folder))).map((folder) => join(scenario, folder));
  const scenarios = [...new Set(wanted ?? TEST_SCENARIOS.filter((scenario) => lacking(scenario).length === 0))];
  const faults = scenarios.length === 0 ? ['expected an accuracy and a performance test of a scenario'] : [];
  for (const scenario of scenarios) {
    const missing = lacking(scenario);
    faults.push(...missing.map((folder) => `expected ${folder}`));
    if (missing.length === 0) faults.push(...(await invalidTests(join(runFolder, scenario))));
  }
  if (faults.length === 0) return scenarios;
  throw new LoadGenError('AUDIT_RUN', `${runFolder}:\n  ${faults.join('\n  ')}`, {
    hint: 'Make the run first: loadgen run --scenario ... --mode AccuracyOnly PerformanceOnly',
  });
}

const AUDITED = [ACCURACY_FOLDER, PERFORMANCE_FOLDER];

async function invalidTests(scenarioFolder: string): Promise<string[]> {
  const faults: string[] = [];
  for (const folder of AUDITED) {
    for (const { test } of (await readRun(join(scenarioFolder, folder))).tests) {
      const { scenario, kind, validity, invalidReasons } = test;
      if (validity === 'INVALID')
        faults.push(`found the ${scenario} ${kind} test INVALID: ${invalidReasons.join(' ')}`);
    }
  }
  return faults;
}
