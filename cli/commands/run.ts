import { existsSync } from 'node:fs';
import { join } from 'node:path';
import pc from 'picocolors';
import type { Argv } from 'yargs';
import { EXIT_CODE, messageOf } from '../../base/errors.js';
import { TEST_MODES, TEST_SCENARIOS, type TestMode, type TestScenario } from '../../loadgen/index.js';
import { isInvalid, type MeasuredTest } from '../../reports/figures/measureRun.js';
import { readRunResult } from '../../reports/result/readRunResult.js';
import { runTable } from '../../reports/runTable.js';
import { type ConfigPaths, copyConfigFiles } from '../../runs/configCopies.js';
import { MLPERF_CONF, RUN_JSON } from '../../runs/layout.js';
import { withRunFolder } from '../../runs/measuringFolder.js';
import { checkRunFolder, defaultRunFolder } from '../../runs/runFolder.js';
import { adviceText } from '../benchmark/advice.js';
import type { BenchmarkOptions } from '../benchmark/benchmarkOptions.js';
import { describeRun, runRequestOf } from '../benchmark/describeRun.js';
import { openBenchmarkDataset } from '../benchmark/openBenchmarkDataset.js';
import { planTests } from '../benchmark/planTests.js';
import { QUICK_PAIRS } from '../benchmark/quick.js';
import { runBenchmark } from '../benchmark/runBenchmark.js';
import { readConfigFile } from '../benchmark/settings.js';
import { placementFor } from '../benchmark/systemChoice.js';
import { type DatasetArguments, withDatasetOptions } from '../datasetOptions.js';
import { FACES_KEPT, interruptible } from '../interruption.js';
import { checkAboveZero, flag, list, text } from '../options.js';
import { packageFile } from '../ownPackage.js';
import { checkSystem } from '../supervision/supervisedSystems.js';
import {
  RESPONSE_TIMEOUT,
  type SystemArguments,
  systemChoiceOf,
  UNVERIFIED,
  withSystemOptions,
} from '../systemOptions.js';

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
  readonly estimate: boolean;
  readonly unverified: boolean;
  readonly responseTimeout: number | undefined;
  readonly json: boolean;
}

export function addRunCommand(cli: Argv): Argv {
  return cli.command('run', 'Run the benchmark and write its MLPerf logs', withRunOptions, (options) => run(options));
}

function withRunOptions(command: Argv) {
  return withSystemOptions(withDatasetOptions(command))
    .option('scenario', {
      ...list(TEST_SCENARIOS, 'Scenarios to run'),
      default: DEFAULT_SCENARIOS as readonly TestScenario[],
    })
    .option('mode', { ...list(TEST_MODES, 'Tests of each scenario'), defaultDescription: DEFAULT_MODES.join(' ') })
    .option('quick', flag(`A few minutes: ${QUICK_PAIRS} pairs, performance tests of ten seconds`))
    .option('user-conf', text('Your settings, in MLPerf format'))
    .option('mlperf-conf', {
      ...text("The benchmark's settings, in MLPerf format"),
      default: packageFile(MLPERF_CONF),
      defaultDescription: 'the shipped one',
    })
    .option('audit-config', text('Settings of a compliance test, applied to performance tests'))
    .option('output', text('Folder for the logs (default: a new one in runs/)'))
    .option('trace', { type: 'boolean', default: true, describe: 'Write a trace; --no-trace saves memory and disk' })
    .option('estimate', {
      type: 'boolean',
      default: true,
      describe: 'Measure the expected latency or rate before each performance test; --no-estimate keeps the settings',
    })
    .option('response-timeout', RESPONSE_TIMEOUT)
    .option('unverified', UNVERIFIED)
    .option('json', flag('Print the results as JSON'))
    .check(({ quick, scenario, pairs, userConf, mode, responseTimeout }) => {
      const excluded = Object.entries({ pairs, 'user-conf': userConf, mode }).find(([, value]) => value !== undefined);
      if (quick && excluded !== undefined) {
        throw new Error(`--quick and --${excluded[0]} exclude each other: --quick chooses pairs, settings and modes`);
      }
      const other = scenario.find((name) => name === 'MultiStream' || name === 'Server');
      if (quick && other !== undefined) throw new Error(`--quick is for SingleStream and Offline, not for ${other}`);
      checkAboveZero('response-timeout', responseTimeout);
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
  const { tests, notices } = planTests({
    scenarios: [...new Set(options.scenario)],
    modes: [...new Set(options.mode ?? DEFAULT_MODES)],
    network: options.network,
    confs,
    measureExpectations: options.estimate && !options.quick,
    auditConfig: options.auditConfig === undefined ? undefined : readConfigFile('audit', options.auditConfig),
  });
  for (const notice of notices) console.error(notice);
  const system = systemChoiceOf(options);
  const placements = tests.map(({ settings }) => placementFor(settings, system));
  const { name: reportedSutName } = await interruptible((signal) => checkSystem(system, placements, signal));
  const runFolder = options.output ?? defaultRunFolder(reportedSutName, new Date());
  checkRunFolder(runFolder);
  const measured: MeasuredTest[] = [];
  try {
    await interruptible(
      (signal) =>
        withRunFolder(runFolder, () =>
          openAndRun(options, { system, reportedSutName, tests, runFolder, confs }, signal, (test) =>
            measured.push(test),
          ),
        ),
      FACES_KEPT,
    );
  } catch (thrown) {
    // What was measured counts, whatever failed later; the later failure is the one to report.
    await print(measured, runFolder, options).catch((thrown) => console.error(messageOf(thrown)));
    throw thrown;
  }
  await print(measured, runFolder, options);
  if (measured.some(isInvalid)) process.exitCode = EXIT_CODE.invalid;
}

async function openAndRun(
  options: RunArguments,
  planned: Pick<BenchmarkOptions, 'system' | 'reportedSutName' | 'tests' | 'runFolder'> & {
    readonly confs: ConfigPaths;
  },
  signal: AbortSignal,
  onResult: (test: MeasuredTest) => void,
): Promise<void> {
  const { system, reportedSutName, tests, runFolder, confs } = planned;
  const { quick, network } = options;
  const datasetOptions = { ...options, ...(quick ? { spread: QUICK_PAIRS } : {}) };
  const dataset = await openBenchmarkDataset(datasetOptions, tests, signal);
  const { name, totalSampleCount } = dataset.library;
  const replaced = existsSync(join(runFolder, RUN_JSON))
    ? ' (replacing those of an earlier run of the same tests)'
    : '';
  console.error(
    `${network} with ${reportedSutName} on ${totalSampleCount} pairs of ${name}, logs in ${runFolder}${replaced}`,
  );
  const request = runRequestOf(system, reportedSutName, options);
  const runId = describeRun(runFolder, { network, reportedSutName, quick, dataset, request, tests });
  copyConfigFiles(runFolder, confs);
  await runBenchmark({
    ...planned,
    runId,
    dataset,
    datasetOptions,
    quick,
    enableTrace: options.trace,
    responseTimeoutMs: options.responseTimeout === undefined ? undefined : options.responseTimeout * 1000,
    signal,
    onResult,
  });
}

async function print(
  measured: readonly MeasuredTest[],
  runFolder: string,
  { json, quick }: RunArguments,
): Promise<void> {
  if (measured.length === 0) return;
  if (json) {
    console.log(JSON.stringify(await readRunResult(runFolder), undefined, 2));
    return;
  }
  console.log(runTable(measured, { color: process.stdout.isTTY === true && pc.isColorSupported }));
  console.log(`Logs: ${runFolder}`);
  const advice = quick ? '' : adviceText(measured);
  if (advice !== '') console.log(advice);
}
