import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import Table from 'cli-table3';
import type { Argv } from 'yargs';
import { LoadGenError, messageOf } from '../../base/errors.js';
import { writing } from '../../platform/node/files.js';
import { writeWhole } from '../../platform/node/wholeFile.js';
import { ratioRangeText } from '../../reports/compare/figureText.js';
import { wrapped } from '../../reports/textTable.js';
import { isRemoteName } from '../../sut/remote/remoteName.js';
import { defineCommand } from '../command.js';
import { interruptible } from '../interruption.js';
import { flag, list, text } from '../options.js';
import { startProgressBar } from '../progressBar.js';
import { checkSystem, tuneSystem } from '../supervision/supervisedSystems.js';
import { type SystemArguments, systemChoiceOf, withSystemOptions } from '../systemOptions.js';
import {
  offlineCandidates,
  remoteOfflineCandidates,
  remoteSingleStreamCandidates,
  singleStreamCandidates,
} from '../tune/candidates.js';
import type { Measurement, TunedScenario } from '../tune/tuneScenario.js';
import { withTunedSettings } from '../tune/userConf.js';

const CANDIDATES = { SingleStream: singleStreamCandidates, Offline: offlineCandidates };
const REMOTE_CANDIDATES = { SingleStream: remoteSingleStreamCandidates, Offline: remoteOfflineCandidates };
const SECONDS = { first: 1, finals: 20 };
const SCENARIOS = ['SingleStream', 'Offline'] as const satisfies readonly TunedScenario[];

const UNPLACED = { workers: undefined, threads: undefined, batch: undefined };

interface TuneArguments extends Omit<SystemArguments, keyof typeof UNPLACED> {
  readonly scenario: readonly TunedScenario[];
  readonly userConf: string;
  readonly json: boolean;
}

interface Tuned {
  readonly scenario: TunedScenario;
  /** The fastest first. */
  readonly measurements: readonly Measurement[];
}

export const tuneCommand = defineCommand(
  (command: Argv) =>
    withSystemOptions(command)
      .hide('workers')
      .hide('threads')
      .hide('batch')
      .hide('warm-up')
      .option('scenario', { ...list(SCENARIOS, 'Scenarios to tune'), default: SCENARIOS })
      .option('user-conf', { ...text('The file to write; other lines in it stay'), default: 'user.conf' })
      .option('json', flag('Print the measurements as JSON'))
      .check(({ workers, threads, batch }) => {
        if ((workers ?? threads ?? batch) === undefined) return true;
        throw new Error('tune finds --workers, --threads and --batch: leave them out');
      })
      .example('$0 tune --sut onnxruntime', 'Takes a minute or two')
      .example('$0 run --sut onnxruntime --user-conf user.conf', 'Run with the result'),
  tune,
);

async function tune({ scenario, userConf, json, ...given }: TuneArguments): Promise<void> {
  const { network, sut } = given;
  if (sut === 'null')
    throw new LoadGenError('TUNE_NOTHING', 'the null system computes nothing: there is nothing to tune');
  const system = systemChoiceOf({ ...given, ...UNPLACED });
  const text = readUserConf(userConf);
  const { reportedName, tuned } = await interruptible(async (signal) => {
    const { name: reportedName } = await checkSystem(system, [], signal);
    const results: Tuned[] = [];
    for (const name of new Set(scenario)) {
      const candidates = isRemoteName(sut) ? REMOTE_CANDIDATES[name]() : CANDIDATES[name](availableParallelism());
      const bar = startProgressBar(`${name}: trying`);
      try {
        const onProgress = (share: number) => bar.update(share);
        const measurements = await tuneSystem({
          system,
          scenario: name,
          candidates,
          seconds: SECONDS,
          signal,
          onProgress,
        });
        results.push({ scenario: name, measurements });
      } finally {
        bar.stop();
      }
    }
    return { reportedName, tuned: results };
  });
  await writeUserConf(
    userConf,
    network,
    text === '' ? headOf(`--network ${network} --sut ${reportedName}`) : text,
    tuned,
  );
  if (json) console.log(JSON.stringify({ version: 1, network, sut: reportedName, userConf, tuned }, undefined, 2));
  else print(tuned, userConf, `--network ${network} --sut ${sut}`);
}

function readUserConf(path: string): string {
  try {
    return existsSync(path) ? readFileSync(path, 'utf8') : '';
  } catch (thrown) {
    throw new LoadGenError('CONFIG_UNREADABLE', `cannot read the config file ${path}: ${messageOf(thrown)}`, {
      cause: thrown,
    });
  }
}

async function writeUserConf(path: string, network: string, text: string, tuned: readonly Tuned[]): Promise<void> {
  const changed = tuned.reduce((before, { scenario, measurements: [best] }) => {
    return best === undefined ? before : withTunedSettings(before, network, scenario, best);
  }, text);
  await writing('CONFIG_UNWRITABLE', path, () => writeWhole(path, changed));
}

function headOf(system: string): string {
  const processor = cpus()[0]?.model.trim() ?? 'unknown processor';
  return `# Found by "loadgen tune ${system}" on ${processor}, ${availableParallelism()} cores\n`;
}

function print(tuned: readonly Tuned[], userConf: string, system: string): void {
  for (const { scenario, measurements } of tuned) {
    const head = [scenario, 'threads each', 'batch', 'ms a pair', 'of the chosen one'];
    const table = new Table({ head, style: { head: [], border: [] } });
    const bestNs = measurements[0]?.pairNs ?? Number.NaN;
    for (const { placement, pairNs, ratio } of measurements) {
      const where =
        placement.workers === 0
          ? 'issuing thread'
          : `${placement.workers} ${placement.workers === 1 ? 'worker' : 'workers'}`;
      table.push([
        where,
        placement.threads,
        placement.batch,
        (pairNs / 1e6).toFixed(2),
        ratio === null ? `x ${(pairNs / bestNs).toFixed(2)}` : ratioRangeText(ratio.value, ratio.interval),
      ]);
    }
    console.log(table.toString());
  }
  console.log(
    wrapped(
      'The first of each is chosen: of those measured in turns, which have an interval, the most modest of which none is ' +
        'shown to be faster.',
    ),
  );
  console.log(`It is written to ${userConf}. To use it: loadgen run ${system} --user-conf ${userConf}`);
}
