import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Argv } from 'yargs';
import { z } from 'zod';
import { EXIT_CODE, LoadGenError, messageOf } from '../../base/errors.js';
import {
  accuracyText,
  computeAccuracy,
  type LabelledPair,
  readJudging,
  writeAccuracyText,
} from '../../reports/index.js';

interface AccuracyArguments {
  readonly logdir: string;
  readonly threshold: number | undefined;
  readonly json: boolean;
}

const labelledPairs = z.array(z.object({ same: z.boolean(), set: z.number(), nameA: z.string(), nameB: z.string() }));

export function addAccuracyCommand(cli: Argv): Argv {
  return cli.command(
    'accuracy <logdir>',
    'Compute accuracy from the logs of an accuracy run',
    (command: Argv) =>
      command
        .positional('logdir', {
          type: 'string',
          demandOption: true,
          describe: 'Folder with mlperf_log_accuracy.json, pairs.json and judging.json',
        })
        .option('threshold', {
          type: 'number',
          describe: 'Same person below this angle (default: that of the run)',
          requiresArg: true,
        })
        .option('json', { type: 'boolean', default: false, describe: 'Print JSON' })
        .example('$0 accuracy runs/mine/Offline/accuracy', 'The figures, and accuracy.txt beside the log'),
    (options) => judge(options),
  );
}

async function judge({ logdir, threshold, json }: AccuracyArguments): Promise<void> {
  const pairs = readPairs(logdir);
  const judging = await readJudging(logdir);
  const result = await computeAccuracy({
    logDir: logdir,
    pairs,
    featureValues: judging.featureValues,
    threshold: threshold ?? judging.threshold,
  });
  await writeAccuracyText(logdir, result);
  if (Number.isNaN(result.accuracy)) process.exitCode = EXIT_CODE.invalid;
  console.log(json ? JSON.stringify(result, undefined, 2) : accuracyText(result).trimEnd());
}

function readPairs(logdir: string): LabelledPair[] {
  const path = join(logdir, 'pairs.json');
  try {
    return labelledPairs.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (thrown) {
    const fault = thrown instanceof z.ZodError ? z.prettifyError(thrown) : messageOf(thrown);
    throw new LoadGenError('CLI_PAIRS', `cannot read the pair list ${path}: ${fault}`, {
      hint: 'Name the folder of an accuracy run made with "loadgen run"; it holds the pairs in the order of its samples.',
      cause: thrown,
    });
  }
}
