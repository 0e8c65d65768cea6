import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { LoadGenError } from '../base/errors.js';
import { printable } from '../base/text.js';
import { readBoundedText, writing } from '../platform/node/files.js';
import { writeWhole } from '../platform/node/wholeFile.js';
import {
  type AccuracyFigure,
  type AccuracyResult,
  accuracyText,
  firstLineOf,
  type OtherAccuracy,
  parseAccuracyText,
} from './accuracyText.js';
import { ACCURACY_TEXT, JUDGING_JSON } from './layout.js';

export const MAX_ACCURACY_TEXT_BYTES = 1 << 26;
/** What the official script appends when it shortens the accuracy log. */
const HASH_LINE = /^hash=/;

/**
 * Writes `accuracy.txt` beside the logs.
 *
 * @throws REPORT_WRITE if it cannot be written
 */
export async function writeAccuracyText(logDir: string, result: AccuracyResult): Promise<void> {
  const file = join(logDir, ACCURACY_TEXT);
  await writing('REPORT_WRITE', file, () => writeWhole(file, accuracyText(result)));
}

/**
 * @returns the figure, or the first line of a text that is not of this benchmark
 * @throws REPORT_ACCURACY_TEXT if it cannot be read, or is of a run of this project, or begins with `accuracy=`, and its
 *   first line is not as in `accuracyText`
 */
export async function readAccuracyText(logDir: string): Promise<AccuracyFigure | OtherAccuracy> {
  const file = join(logDir, ACCURACY_TEXT);
  const read = await readBoundedText(file, MAX_ACCURACY_TEXT_BYTES);
  if (!('fault' in read)) {
    const figure = parseAccuracyText(read.text);
    if (figure !== undefined) return figure;
    const line = firstLineOf(read.text.trimStart());
    if (!line.startsWith('accuracy=') && !existsSync(join(logDir, JUDGING_JSON)))
      return { firstLine: HASH_LINE.test(line) ? '' : printable(line, 80) };
  }
  const found = 'fault' in read ? read.fault : `"${printable(firstLineOf(read.text), 80)}"`;
  throw new LoadGenError('REPORT_ACCURACY_TEXT', `${file}:1: found ${found}, expected accuracy=N%, good=N, total=N`);
}
