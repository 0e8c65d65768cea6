import { resolve } from 'node:path';
import type { Argv } from 'yargs';
import { EXIT_CODE, messageOf } from '../../base/errors.js';
import { TEST_MODES, TEST_SCENARIOS, type TestMode, type TestScenario } from '../../loadgen/index.js';
import { isBrokenOff, isInvalid, type MeasuredTest } from '../../reports/figures/measureTest.js';
import { findRepeats, MAX_REPEATS, repeatFolder } from '../../runs/repeats.js';
import { checkRunFolder, defaultRunFolder } from '../../runs/runFolder.js';
import { planTests } from '../benchmark/planTests.js';
import { printRepeats, printRun } from '../benchmark/printRuns.js';
import { QUICK_PAIRS, quickTests } from '../benchmark/quick.js';
import { type RequestedRun, runInFolder } from '../benchmark/runInFolder.js';
import { readConfigFile } from '../benchmark/settings.js';
import { placementFor } from '../benchmark/systemChoice.js';
import { defineCommand } from '../command.js';
import { type DatasetArguments, withDatasetOptions } from '../datasetOptions.js';
import { interruptible } from '../interruption.js';
import { checkAboveZero, flag, list, number, text, withConfigFiles } from '../options.js';
import { UsageError } from '../printError.js';
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
  readonly repeat: number;
  readonly trace: boolean;
  readonly estimate: boolean;
  readonly unverified: boolean;
  readonly responseTimeout: number | undefined;
  readonly json: boolean;
}

export const runCommand = defineCommand(withRunOptions, run);

function withRunOptions(command: Argv) {
  const chosen = withSystemOptions(withDatasetOptions(command))
    .option('scenario', {
      ...list(TEST_SCENARIOS, 'Scenarios to run'),
      default: DEFAULT_SCENARIOS as readonly TestScenario[],
    })
    .option('mode', { ...list(TEST_MODES, 'Tests of each scenario'), defaultDescription: DEFAULT_MODES.join(' ') })
    .option('quick', flag(`A quick look: the accuracy of ${QUICK_PAIRS} pairs, performance tests of some seconds`));
  return withConfigFiles(chosen)
    .option('audit-config', text('Settings of a compliance test, applied to performance tests'))
    .option('output', text('Folder for the logs (default: a new one in runs/)'))
    .option('repeat', {
      ...number('Runs to make one after another, into OUTPUT-1, OUTPUT-2, ..., for "compare --against"'),
      default: 1,
    })
    .option('trace', { type: 'boolean', default: true, describe: 'Write a trace; --no-trace saves memory and disk' })
    .option('estimate', {
      type: 'boolean',
      default: true,
      describe: 'Measure the expected latency or rate before each performance test; --no-estimate keeps the settings',
    })
    .option('response-timeout', RESPONSE_TIMEOUT)
    .option('unverified', UNVERIFIED)
    .option('json', flag('Print the results as JSON'))
    .check(({ quick, scenario, pairs, userConf, mode, responseTimeout, repeat }) => {
      const excluded = Object.entries({ pairs, 'user-conf': userConf, mode }).find(([, value]) => value !== undefined);
      if (quick && excluded !== undefined) {
        throw new Error(`--quick and --${excluded[0]} exclude each other: --quick chooses pairs, settings and modes`);
      }
      const other = scenario.find((name) => name === 'MultiStream' || name === 'Server');
      if (quick && other !== undefined) throw new Error(`--quick is for SingleStream and Offline, not for ${other}`);
      checkAboveZero('response-timeout', responseTimeout);
      if (!Number.isInteger(repeat) || repeat < 1 || repeat > MAX_REPEATS)
        throw new Error(`--repeat must be a whole number from 1 to ${MAX_REPEATS}`);
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
    .example('$0 run --repeat 5 --output runs/before', 'Five runs, to compare with five of another system')
    .example('$0 run --scenario Server --user-conf my.conf', 'Another scenario');
}

async function run(options: RunArguments): Promise<void> {
  const confs = { mlperfConf: options.mlperfConf, userConf: options.userConf };
  const { tests: planned, notices } = planTests({
    scenarios: [...new Set(options.scenario)],
    modes: [...new Set(options.mode ?? DEFAULT_MODES)],
    network: options.network,
    confs,
    measureExpectations: options.estimate && !options.quick,
    auditConfig: options.auditConfig === undefined ? undefined : readConfigFile('audit', options.auditConfig),
  });
  for (const notice of notices) console.error(notice);
  const tests = options.quick ? quickTests(planned) : planned;
  const system = systemChoiceOf(options);
  const placements = tests.map(({ settings }) => placementFor(settings, system));
  const { name: reportedSutName } = await interruptible((signal) => checkSystem(system, placements, signal));
  const { network, quick, responseTimeout } = options;
  const requested = {
    ...{ system, reportedSutName, tests, quick, network, confs },
    dataset: options,
    enableTrace: options.trace,
    responseTimeoutMs: responseTimeout === undefined ? undefined : responseTimeout * 1000,
  };
  const runFolder = options.output ?? defaultRunFolder(reportedSutName, new Date());
  await (options.repeat === 1 ? runOnce : runRepeatedly)(requested, runFolder, options);
}

async function runOnce(requested: RequestedRun, runFolder: string, options: RunArguments): Promise<void> {
  checkRunFolder(runFolder);
  const measured: MeasuredTest[] = [];
  const print = () => printRun(measured, runFolder, options);
  await thenPrint(() => runInFolder(requested, runFolder, (test) => measured.push(test)), print);
  if (measured.some(isInvalid)) process.exitCode = EXIT_CODE.invalid;
}

async function runRepeatedly(requested: RequestedRun, name: string, options: RunArguments): Promise<void> {
  const folders = Array.from({ length: options.repeat }, (_, index) => repeatFolder(name, index + 1));
  checkRepeats(name, folders);
  const finished: string[] = [];
  await thenPrint(
    async () => {
      for (const [index, folder] of folders.entries()) {
        console.error(`Run ${index + 1} of ${folders.length}:`);
        const measured: MeasuredTest[] = [];
        await runInFolder(requested, folder, (test) => measured.push(test)).finally(() => {
          if (measured.length > 0) finished.push(folder);
        });
        if (measured.some(isInvalid)) process.exitCode = EXIT_CODE.invalid;
        if (measured.some(isBrokenOff)) return;
      }
    },
    () => printRepeats(finished, name, options),
  );
}

/** What was measured counts, whatever failed later; the later failure is the one to report. */
async function thenPrint(measure: () => Promise<void>, print: () => Promise<void>): Promise<void> {
  try {
    await measure();
  } catch (thrown) {
    await print().catch((thrown) => console.error(messageOf(thrown)));
    throw thrown;
  }
  await print();
}

/** Runs of an earlier, longer series would be taken for those of this one. */
function checkRepeats(name: string, folders: readonly string[]): void {
  const paths = folders.map((folder) => resolve(folder));
  const other = findRepeats(name).find((folder) => !paths.includes(resolve(folder)));
  if (other !== undefined)
    throw new UsageError(
      `--output: found ${other}, of more runs than --repeat ${folders.length}; remove it, or name another`,
    );
  for (const folder of folders) checkRunFolder(folder);
}
