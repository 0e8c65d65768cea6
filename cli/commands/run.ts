import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import pc from 'picocolors';
import type { Argv } from 'yargs';
import { EXIT_CODE, LoadGenError } from '../../base/errors.js';
import {
  applyConfigFile,
  type ConfigFile,
  deriveEffectiveSettings,
  TEST_MODES,
  TEST_SCENARIOS,
  type TestMode,
  type TestScenario,
} from '../../loadgen/index.js';
import { openDataset } from '../../qsl/index.js';
import { isInvalid, type RunRow, runTable } from '../../reports/index.js';
import { checkSystemUnderTest } from '../../sut/index.js';
import { adviceText } from '../benchmark/advice.js';
import { QUICK_PAIRS } from '../benchmark/quick.js';
import { type BenchmarkOptions, runBenchmark } from '../benchmark/runBenchmark.js';
import { checkRunFolder, defaultRunFolder } from '../benchmark/runFolder.js';
import { readConfigFile, readSettings } from '../benchmark/settings.js';
import { placementFor } from '../benchmark/systemChoice.js';
import {
  type DatasetArguments,
  skippedPairsText,
  withDatasetOptions,
  withPreprocessingBar,
} from '../datasetOptions.js';
import { FACES_KEPT, interruptible } from '../interruption.js';
import { packageFile } from '../packageFiles.js';
import { type SystemArguments, systemChoiceOf, withSystemOptions } from '../systemOptions.js';

const DEFAULT_SCENARIOS = ['SingleStream', 'Offline'] as const satisfies readonly TestScenario[];
const DEFAULT_MODES = ['AccuracyOnly', 'PerformanceOnly'] as const;

interface RunArguments extends DatasetArguments, SystemArguments {
  readonly scenario: readonly TestScenario[];
  readonly mode: readonly TestMode[] | undefined;
  readonly mlperfConf: string;
  readonly userConf: string | undefined;
  readonly auditConfig: string | undefined;
  readonly quick: boolean;
  readonly output: string | undefined;
  readonly trace: boolean;
  readonly responseTimeout: number | undefined;
  readonly json: boolean;
}

export function addRunCommand(cli: Argv): Argv {
  return cli.command('run', 'Run the benchmark and leave its MLPerf logs', withRunOptions, (options) => run(options));
}

function withRunOptions(command: Argv) {
  return withSystemOptions(withDatasetOptions(command))
    .option('scenario', {
      type: 'string',
      array: true,
      choices: TEST_SCENARIOS,
      default: DEFAULT_SCENARIOS as readonly TestScenario[],
      describe: 'What to run',
    })
    .option('mode', {
      type: 'string',
      array: true,
      choices: TEST_MODES,
      defaultDescription: DEFAULT_MODES.join(' '),
      describe: 'What to run of each scenario',
    })
    .option('quick', {
      type: 'boolean',
      default: false,
      describe: `Some minutes: ${QUICK_PAIRS} pairs, performance tests of ten seconds`,
    })
    .option('user-conf', { type: 'string', describe: 'Your settings, in MLPerf format', requiresArg: true })
    .option('mlperf-conf', {
      type: 'string',
      default: packageFile('mlperf.conf'),
      defaultDescription: 'the shipped one',
      describe: "The benchmark's settings, in MLPerf format",
      requiresArg: true,
    })
    .option('audit-config', {
      type: 'string',
      describe: 'Settings of a compliance test, for performance runs',
      requiresArg: true,
    })
    .option('output', {
      type: 'string',
      describe: 'Folder for the logs (default: a new one in runs/)',
      requiresArg: true,
    })
    .option('trace', { type: 'boolean', default: true, describe: 'Write a trace; --no-trace saves memory and disk' })
    .option('response-timeout', {
      type: 'number',
      describe: 'Seconds of silence after which a run is given up',
      requiresArg: true,
    })
    .option('json', { type: 'boolean', default: false, describe: 'Print the results as JSON' })
    .check(({ quick, scenario, pairs, userConf, mode, responseTimeout }) => {
      const excluded = Object.entries({ pairs, 'user-conf': userConf, mode }).find(([, value]) => value !== undefined);
      if (quick && excluded !== undefined) {
        throw new Error(`--quick and --${excluded[0]} exclude each other: --quick chooses pairs, settings and modes`);
      }
      const other = scenario.find((name) => name === 'MultiStream' || name === 'Server');
      if (quick && other !== undefined) throw new Error(`--quick is for SingleStream and Offline, not for ${other}`);
      if (typeof responseTimeout === 'number' && !(responseTimeout > 0))
        throw new Error('--response-timeout has to be above 0');
      return true;
    })
    .check(({ scenario, mode }) => {
      const other = scenario.find((name) => name !== 'Server');
      if (mode?.includes('FindPeakPerformance') && other !== undefined)
        throw new Error(`--mode FindPeakPerformance is for --scenario Server alone, not for ${other}`);
      return true;
    })
    .example('$0 run --quick', 'A first impression')
    .example('$0 run --dataset ~/lfw', 'The benchmark on LFW')
    .example('$0 run --network mobilefacenet', 'Another network')
    .example('$0 run --scenario Server --user-conf my.conf', 'Another scenario');
}

async function run(options: RunArguments): Promise<void> {
  const confs = { mlperfConf: options.mlperfConf, userConf: options.userConf };
  const modes = [...new Set(options.mode ?? DEFAULT_MODES)];
  const plan = [...new Set(options.scenario)].flatMap((scenario) =>
    modes.map((mode) => ({ scenario, mode, ...readSettings(scenario, mode, options.network, confs) })),
  );
  const auditConfig = options.auditConfig === undefined ? undefined : readConfigFile('audit', options.auditConfig);
  const auditNotices = auditConfig === undefined ? [] : checkAuditConfig(auditConfig, plan);
  for (const notice of new Set([...plan.flatMap(({ notices }) => notices), ...auditNotices])) console.error(notice);
  const system = systemChoiceOf(options);
  const placements = plan.map(({ settings }) => placementFor(settings, system));
  const reportedSutName = await checkSystemUnderTest(system.sutName, { ...system, placements });
  const runFolder = options.output ?? defaultRunFolder(reportedSutName, new Date());
  checkRunFolder(runFolder);
  const rows: RunRow[] = [];
  try {
    await interruptible(
      (signal) =>
        openAndRun(options, { system, reportedSutName, tests: plan, auditConfig, runFolder }, signal, (row) =>
          rows.push(row),
        ),
      FACES_KEPT,
    );
  } finally {
    if (rows.length > 0) print(rows, runFolder, options);
  }
  if (rows.some(isInvalid)) process.exitCode = EXIT_CODE.invalid;
}

/** Tried on each test that it is for, before anything is prepared. */
function checkAuditConfig(auditConfig: ConfigFile, plan: BenchmarkOptions['tests']): string[] {
  const audited = plan.filter(({ mode }) => mode === 'PerformanceOnly');
  if (audited.length === 0) {
    throw new LoadGenError(
      'CONFIG_AUDIT',
      `${auditConfig.path}: no test for it, expected one with --mode PerformanceOnly`,
    );
  }
  return audited.flatMap(({ settings, mode }) => {
    const applied = { ...settings };
    const notices = applyConfigFile(applied, auditConfig, '*');
    if (applied.mode === mode) return notices;
    throw new LoadGenError('CONFIG_MODE', `${auditConfig.path}: found mode ${applied.mode}, expected ${mode}`);
  });
}

async function openAndRun(
  options: RunArguments,
  planned: Pick<BenchmarkOptions, 'system' | 'reportedSutName' | 'tests' | 'auditConfig' | 'runFolder'>,
  signal: AbortSignal,
  onResult: (row: RunRow) => void,
): Promise<void> {
  const open = { ...options, ...(options.quick ? { spread: QUICK_PAIRS } : {}) };
  const dataset = await withPreprocessingBar(open, signal, openDataset);
  if (dataset.skipped.length > 0) console.error(skippedPairsText(dataset.skipped));
  // What is wrong with the last test's settings should not come out after the first ones were run.
  for (const { settings } of planned.tests) deriveEffectiveSettings(settings, dataset.library);
  const { name, totalSampleCount } = dataset.library;
  const { runFolder, reportedSutName } = planned;
  const replaced = existsSync(join(runFolder, 'run.json'))
    ? ' (replacing those of an earlier run of the same tests)'
    : '';
  console.error(
    `${options.network} with ${reportedSutName} on ${totalSampleCount} pairs of ${name}, logs in ${runFolder}${replaced}`,
  );
  const benchmark = runBenchmark({
    ...planned,
    dataset,
    quick: options.quick,
    enableTrace: options.trace,
    responseTimeoutMs: options.responseTimeout === undefined ? undefined : options.responseTimeout * 1000,
    signal,
    onResult,
  });
  await benchmark.catch((thrown: unknown) => {
    throw duringMeasurement(thrown);
  });
}

/** Exit code 2 is for what is found before anything is measured. */
function duringMeasurement(thrown: unknown): unknown {
  if (!(thrown instanceof LoadGenError) || thrown.exitCode !== EXIT_CODE.usage) return thrown;
  const { code, message, hint } = thrown;
  const details = { cause: thrown, exitCode: EXIT_CODE.internal };
  return new LoadGenError(code, message, hint === undefined ? details : { ...details, hint });
}

function print(rows: readonly RunRow[], runFolder: string, { json, quick }: RunArguments): void {
  if (json) {
    console.log(JSON.stringify({ version: 1, logs: resolve(runFolder), tests: rows }, undefined, 2));
    return;
  }
  console.log(runTable(rows, { color: process.stdout.isTTY === true && pc.isColorSupported }));
  console.log(`Logs: ${runFolder}`);
  const advice = quick ? '' : adviceText(rows);
  if (advice !== '') console.log(advice);
}
