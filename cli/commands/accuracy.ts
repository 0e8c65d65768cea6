import type { Argv } from 'yargs';
import { EXIT_CODE } from '../../base/errors.js';
import { computeAccuracy } from '../../reports/accuracy/computeAccuracy.js';
import { writeAccuracyText } from '../../runs/accuracyFile.js';
import { accuracyText } from '../../runs/accuracyText.js';
import { readJudging } from '../../runs/judging.js';
import { ACCURACY_TEXT } from '../../runs/layout.js';
import { readLabelledPairs } from '../../runs/pairs.js';
import { defineCommand } from '../command.js';
import { argument, flag, number } from '../options.js';

interface AccuracyArguments {
  readonly logdir: string;
  readonly threshold: number | undefined;
  readonly json: boolean;
  readonly write: boolean;
}

export const accuracyCommand = defineCommand(
  (command: Argv) =>
    command
      .positional('logdir', argument('Folder with mlperf_log_accuracy.json, pairs.json and judging.json'))
      .option('threshold', number("Same person below this angle (default: the run's threshold)"))
      .option('json', flag('Print JSON'))
      .option('write', flag(`Also write ${ACCURACY_TEXT}, which compare, report and export read`))
      .example('$0 accuracy runs/mine/Offline/accuracy', 'The figures')
      .example('$0 accuracy runs/mine/Offline/accuracy --threshold 0.6', 'What another threshold would do'),
  judge,
);

async function judge({ logdir, threshold, json, write }: AccuracyArguments): Promise<void> {
  const pairs = await readLabelledPairs(logdir);
  const judging = await readJudging(logdir);
  const result = await computeAccuracy({
    logDir: logdir,
    pairs,
    featureValues: judging.featureValues,
    threshold: threshold ?? judging.threshold,
  });
  if (write) await writeAccuracyText(logdir, result);
  if (Number.isNaN(result.accuracy)) process.exitCode = EXIT_CODE.invalid;
  console.log(json ? JSON.stringify(result, undefined, 2) : accuracyText(result).trimEnd());
}
