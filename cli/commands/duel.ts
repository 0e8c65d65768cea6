import type { Argv } from 'yargs';
import { messageOf } from '../../base/errors.js';
import { monotonicClock } from '../../platform/node/index.js';
import { withLockedFolder } from '../../platform/node/lock.js';
import { DUEL_SCENARIOS, type DuelScenario, isDuel } from '../../runs/duelJson.js';
import { checkRunFolder, defaultRunFolder } from '../../runs/runFolder.js';
import { defineCommand } from '../command.js';
import { duelSubject } from '../compare/subject.js';
import { type DatasetArguments, withDatasetOptions } from '../datasetOptions.js';
import { conductDuel } from '../duel/conductDuel.js';
import { parseContestant } from '../duel/contestants.js';
import { interruptible } from '../interruption.js';
import { argument, checkAboveZero, checkSeed, flag, list, number, text } from '../options.js';
import { UsageError } from '../printError.js';
import { parseDurationMs, parseShare } from '../quantities.js';
import { RESPONSE_TIMEOUT, START_TIMEOUT, systemChoiceOf, UNVERIFIED, withNetworkOption } from '../systemOptions.js';
import { hasColor } from '../terminal.js';

interface DuelArguments extends DatasetArguments {
  readonly contestants: readonly string[];
  readonly scenario: readonly DuelScenario[];
  readonly precision: string;
  readonly time: string;
  readonly seed: number;
  readonly output: string | undefined;
  readonly startTimeout: number | undefined;
  readonly responseTimeout: number | undefined;
  readonly unverified: boolean;
  readonly json: boolean;
}

/** So many pairs are spread over the data set, half of them matched. */
const DEFAULT_PAIRS = 60;

export const duelCommand = defineCommand(withDuelOptions, duel);

function withDuelOptions(command: Argv) {
  return withNetworkOption(withDatasetOptions(command))
    .positional('contestants', {
      ...argument(
        'Systems with their options: SYSTEM[,precision=P][,threads=N][,workers=N][,batch=N][,device=D][,provider=P][,model=FILE]',
      ),
      array: true,
    })
    .option('scenario', {
      ...list(DUEL_SCENARIOS, 'Scenarios to measure'),
      default: DUEL_SCENARIOS as readonly DuelScenario[],
    })
    .option('precision', { ...text('Stop once every ratio is known this closely'), default: '2%' })
    .option('time', { ...text('Stop after this time at the latest, such as 90s, 2m or 1h'), default: '2m' })
    .option('seed', { ...number('Draws the order of turns and the pairs'), default: 0 })
    .option('output', text('Folder for what is measured (default: a new one in runs/)'))
    .option('start-timeout', START_TIMEOUT)
    .option('response-timeout', RESPONSE_TIMEOUT)
    .option('unverified', UNVERIFIED)
    .option('json', flag('Print the result as JSON'))
    .check(({ seed, startTimeout, responseTimeout }) => {
      checkSeed(seed);
      checkAboveZero('start-timeout', startTimeout);
      checkAboveZero('response-timeout', responseTimeout);
      return true;
    })
    .example('$0 duel onnxruntime tfjs-tflite', 'Which engine is faster here')
    .example('$0 duel onnxruntime onnxruntime,precision=int8', 'What int8 gains')
    .example('$0 duel onnxruntime ./plugin.js --time 10m --precision 1%', 'More closely');
}

async function duel(options: DuelArguments): Promise<void> {
  const { network, scenario, json } = options;
  const startedAt = new Date();
  const startedNs = monotonicClock.nowNs();
  const choices = options.contestants.map(parseContestant);
  if (choices.length < 2)
    throw new UsageError('Name two systems at least, as in: loadgen duel onnxruntime tfjs-tflite');
  const { startTimeout, responseTimeout, unverified } = options;
  const folder = options.output ?? defaultRunFolder('duel', startedAt);
  const conducted = {
    ...{ network, choices, folder, startedAt, startedNs, seed: options.seed },
    systems: choices.map((choice) => systemChoiceOf({ ...choice, network, startTimeout, unverified })),
    datasetOptions:
      options.pairs === undefined && options.set === undefined ? { ...options, spread: DEFAULT_PAIRS } : options,
    scenarios: [...new Set(scenario)],
    precision: parseShare('precision', options.precision),
    timeLimitMs: parseDurationMs('time', options.time),
    responseTimeoutMs: responseTimeout === undefined ? undefined : responseTimeout * 1000,
  };
  checkRunFolder(folder);
  if (isDuel(folder)) throw new UsageError(`--output: ${folder} holds an earlier duel, expected a new folder`);
  try {
    await interruptible(
      (signal) => withLockedFolder('RUN_FOLDER', folder, () => conductDuel({ ...conducted, signal })),
      'what was measured until then is kept',
    );
  } catch (thrown) {
    // What was measured counts, whatever failed later; the later failure is the one to report.
    if (isDuel(folder)) await printDuel(folder, json).catch((thrown) => console.error(messageOf(thrown)));
    throw thrown;
  }
  await printDuel(folder, json);
}

/** @throws DUEL_JSON */
async function printDuel(folder: string, json: boolean): Promise<void> {
  const { document, table } = await duelSubject(folder);
  if (json) console.log(JSON.stringify(document, undefined, 2));
  else console.log(table({ color: hasColor(process.stdout) }));
}
