/** What the official scripts, which are written in Python, cannot read of a log, though the readers here can. */
import { DETAIL_LOG_MARK } from './write.js';

/** Python ends lines at each carriage return, too. */
const INNER_LINE_END = /\r(?!$)/;
/** Stands for bytes that are not UTF-8. */
const REPLACEMENT_CHARACTER = '\uFFFD';
/** Python's parser refuses longer numbers and deeper nesting than JavaScript's. */
const MAX_DIGITS = 1000;
const MAX_BRACKETS = 500;
const CODE_0 = 0x30;
const CODE_9 = 0x39;
const CODE_BRACKET = 0x5b;
const CODE_BRACE = 0x7b;

/** What is expected of a line of any text log; undefined if the official scripts read it as the readers here do. */
export function textFault(line: string): string | undefined {
  if (INNER_LINE_END.test(line)) return 'no carriage return within a line';
  return line.includes(REPLACEMENT_CHARACTER) ? 'UTF-8' : undefined;
}

/**
 * As `textFault`, of a line of a detail log.
 *
 * @param isJsonEntry whether it holds a JSON object with all that the official scripts take from one
 */
export function detailLineFault(text: string, line: number, isJsonEntry: boolean): string | undefined {
  const fault = textFault(text);
  if (fault !== undefined) return fault;
  if (!text.startsWith(DETAIL_LOG_MARK)) {
    return line === 1 ? `a first line that starts with ${DETAIL_LOG_MARK}` : undefined;
  }
  if (text.length > MAX_BRACKETS && exceedsPython(text)) {
    return `less than ${MAX_DIGITS} digits in a row and less than ${MAX_BRACKETS} brackets`;
  }
  if (isJsonEntry) return undefined;
  return `${DETAIL_LOG_MARK} and a JSON object with a key, a value and whether its metadata is_error`;
}

/** Takes no longer than the line allows: a pattern for a row of digits would look at each digit a thousand times. */
function exceedsPython(text: string): boolean {
  let [digits, brackets] = [0, 0];
  for (let index = 0; index < text.length; index++) {
    const character = text.charCodeAt(index);
    digits = character >= CODE_0 && character <= CODE_9 ? digits + 1 : 0;
    if (character === CODE_BRACKET || character === CODE_BRACE) brackets++;
    if (digits === MAX_DIGITS || brackets === MAX_BRACKETS) return true;
  }
  return false;
}
