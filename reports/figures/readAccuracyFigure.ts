import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { LoadGenError } from '../../base/errors.js';
import { printable } from '../../base/printable.js';
import { readLogLines } from '../../logs/logSource.js';
import { openLog } from '../../platform/node/openLog.js';
import { readJudging } from '../../runs/judging.js';
import { ACCURACY_TEXT, JUDGING_JSON, PAIRS_JSON } from '../../runs/layout.js';
import { readLabelledPairs } from '../../runs/readLabelledPairs.js';
import { computeAccuracy } from '../accuracy/computeAccuracy.js';

export interface AccuracyFigure {
  readonly correctCount: number;
  readonly pairCount: number;
  /** NaN where a response gave no angle. */
  readonly accuracy: number;
}

const LIMITS = { lineLength: 1 << 16, bytes: 1 << 26 };
const FIRST_LINE = /^accuracy=(NaN|[\d.]{1,20}%), good=(\d{1,9}), total=(\d{1,9})$/;

/** From `accuracy.txt` if it is there, else from the accuracy log, `pairs.json` and `judging.json`; undefined without them. */
export async function readAccuracyFigure(logDir: string): Promise<AccuracyFigure | undefined> {
  const file = join(logDir, ACCURACY_TEXT);
  if (existsSync(file)) return readAccuracyText(file);
  if (!existsSync(join(logDir, PAIRS_JSON)) || !existsSync(join(logDir, JUDGING_JSON))) return undefined;
  const [pairs, { featureValues, threshold }] = await Promise.all([readLabelledPairs(logDir), readJudging(logDir)]);
  const result = await computeAccuracy({ logDir, pairs, featureValues, threshold });
  const { accuracy, pairCount } = result;
  return { accuracy, pairCount, correctCount: result.truePositives + result.trueNegatives };
}

async function readAccuracyText(file: string): Promise<AccuracyFigure> {
  for await (const { text } of readLogLines(await openLog(file), LIMITS)) {
    const [, percent, good, total] = FIRST_LINE.exec(text) ?? [];
    const [correctCount, pairCount] = [Number(good), Number(total)];
    if (percent !== undefined && pairCount > 0 && correctCount <= pairCount) {
      return { correctCount, pairCount, accuracy: percent === 'NaN' ? Number.NaN : correctCount / pairCount };
    }
    const found = printable(text, 80);
    throw new LoadGenError(
      'REPORT_ACCURACY_TEXT',
      `${file}:1: found "${found}", expected accuracy=N%, good=N, total=N`,
    );
  }
  throw new LoadGenError('REPORT_ACCURACY_TEXT', `${file} is empty`);
}
