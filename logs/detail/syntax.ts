import { z } from 'zod';
import { parseJson } from '../../base/parseJson.js';
import { printable } from '../../base/printable.js';
import { readLogLines } from '../openLog.js';
import { DETAIL_LOG_LIMITS, DETAIL_LOG_MARK } from './read.js';

export interface SyntaxFault {
  readonly line: number;
  readonly found: string;
  readonly expected: string;
}

const MAX_FAULTS = 10;

/**
 * The first lines at which the official scripts would refuse a detail log. `readDetailLog` understands more, such as the
 * official LoadGen's unescaped quotes; what those scripts judge has to be a log that they can read. Throws as
 * `readLogLines` does.
 */
export async function detailLogSyntaxFaults(file: string): Promise<SyntaxFault[]> {
  const faults: SyntaxFault[] = [];
  for await (const { text, line } of readLogLines(file, DETAIL_LOG_LIMITS)) {
    const expected = expectedOf(text, line);
    if (expected !== undefined) faults.push({ line, found: printable(text, 80), expected });
    if (faults.length === MAX_FAULTS) break;
  }
  return faults;
}

const entrySchema = z.object({
  key: z.string(),
  value: z.unknown(),
  metadata: z.object({ is_error: z.boolean() }),
});

/** What is expected of a line of any text log, for official scripts to read it as we do; undefined where it is so. */
export function textFault(line: string): string | undefined {
  if (INNER_LINE_END.test(line)) return 'no carriage return within a line';
  // What takes the place of bytes that are not UTF-8.
  return line.includes('\uFFFD') ? 'UTF-8' : undefined;
}

/** Python ends lines at each carriage return, too. */
const INNER_LINE_END = /\r(?!$)/;
/** Python's parser refuses longer numbers and deeper nesting than ours. */
const LONG_NUMBER = /\d{1000}/;
const MAX_BRACKETS = 500;

function expectedOf(text: string, line: number): string | undefined {
  const ofText = textFault(text);
  if (ofText !== undefined) return ofText;
  if (!text.startsWith(DETAIL_LOG_MARK))
    return line === 1 ? `a first line that starts with ${DETAIL_LOG_MARK}` : undefined;
  if (LONG_NUMBER.test(text) || text.split(/[[{]/).length > MAX_BRACKETS)
    return `less than 1000 digits in a row and less than ${MAX_BRACKETS} brackets`;
  if (entrySchema.safeParse(parseJson(text.slice(DETAIL_LOG_MARK.length))).success) return undefined;
  return `${DETAIL_LOG_MARK} and a JSON object with a key, a value and whether its metadata is_error`;
}
