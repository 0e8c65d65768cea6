import { resolve } from 'node:path';
import pc from 'picocolors';
import type { Argv } from 'yargs';
import { EXIT_CODE } from '../../base/errors.js';
import type { TestMode } from '../../loadgen/index.js';
import { openDataset } from '../../qsl/index.js';
import { isInvalid, type RunRow, runTable } from '../../reports/index.js';
import { QUICK_PAIRS } from '../benchmark/quick.js';
import { runBenchmark } from '../benchmark/runBenchmark.js';
import { defaultRunFolder } from '../benchmark/runFolder.js';
import { readSettings } from '../benchmark/settings.js';
import { type DatasetArguments, withDatasetOptions, withPreprocessingBar } from '../datasetOptions.js';
import { interruptible } from '../interruption.js';
import { packageFile } from '../packageFiles.js';

const SCENARIOS = ['SingleStream', 'Offline'] as const;
const MODES = ['AccuracyOnly', 'PerformanceOnly', 'SubmissionRun'] as const satisfies readonly TestMode[];

interface RunArguments extends DatasetArguments {
  readonly sut: string;
  readonly model: string | undefined;
  readonly workers: number | undefined;
  readonly scenario: readonly (typeof SCENARIOS)[number][];
  readonly mode: readonly (typeof MODES)[number][];
  readonly mlperfConf: string;
  readonly userConf: string | undefined;
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
  return withDatasetOptions(command)
    .option('sut', {
      type: 'string',
      default: 'tfjs-tflite',
      describe: 'System under test, see "loadgen suts"',
      requiresArg: true,
    })
    .option('model', { type: 'string', describe: 'A .tflite or .safetensors file of the network', requiresArg: true })
    .option('workers', { type: 'number', describe: 'Threads of Offline (default: one a core)', requiresArg: true })
    .option('scenario', {
      type: 'string',
      array: true,
      choices: SCENARIOS,
      default: SCENARIOS,
      describe: 'What to run',
    })
    .option('mode', {
      type: 'string',
      array: true,
      choices: MODES,
      default: ['AccuracyOnly', 'PerformanceOnly'] as const,
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
    .conflicts('quick', ['pairs', 'user-conf'])
    .check(({ responseTimeout, workers }) => {
      if (typeof responseTimeout === 'number' && !(responseTimeout > 0))
        throw new Error('--response-timeout has to be above 0');
      if (typeof workers === 'number' && !(Number.isInteger(workers) && workers > 0))
        throw new Error('--workers has to be 1 or more');
      return true;
    })
    .example('$0 run --quick', 'A first impression, with the faces that come along')
    .example('$0 run --dataset ~/lfw --user-conf user.conf', 'The whole benchmark on LFW')
    .example('$0 run --sut null --scenario SingleStream --mode PerformanceOnly', 'What the harness itself costs');
}

async function run(options: RunArguments): Promise<void> {
  const confs = { mlperfConf: options.mlperfConf, userConf: options.userConf };
  // --quick sizes performance tests by the accuracy tests before them.
  const modes = options.quick ? (['AccuracyOnly', 'PerformanceOnly'] as const) : options.mode;
  const tests = options.scenario.flatMap((scenario) =>
    modes.map((mode) => ({ scenario, mode, settings: readSettings(scenario, mode, confs) })),
  );
  const runFolder = options.output ?? defaultRunFolder(options.sut, new Date());
  const rows = await interruptible(async (signal) => {
    const open = { ...options, ...(options.quick ? { spread: QUICK_PAIRS } : {}) };
    const dataset = await withPreprocessingBar(open, signal, openDataset);
    for (const { faults } of dataset.skipped) for (const { message } of faults) console.error(`left out: ${message}`);
    return runBenchmark({
      sutName: options.sut,
      modelFile: options.model,
      workerCount: options.workers,
      dataset,
      tests,
      quick: options.quick,
      runFolder,
      enableTrace: options.trace,
      responseTimeoutMs: options.responseTimeout === undefined ? undefined : options.responseTimeout * 1000,
      signal,
    });
  });
  print(rows, runFolder, options.json);
  if (rows.some(isInvalid)) process.exitCode = EXIT_CODE.invalid;
}

function print(rows: readonly RunRow[], runFolder: string, json: boolean): void {
  if (json) {
    console.log(JSON.stringify({ version: 1, logs: resolve(runFolder), tests: rows }, undefined, 2));
    return;
  }
  console.log(runTable(rows, { color: process.stdout.isTTY === true && pc.isColorSupported }));
  console.log(`Logs: ${runFolder}`);
}
