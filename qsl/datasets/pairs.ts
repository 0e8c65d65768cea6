import { LoadGenError } from '../../base/errors.js';
import { errorFromFaults } from '../faults.js';
import { isLfwPair, parseLfwList, parseLfwPairs } from './lfwPairs.js';
import type { PairList, ParsedPairs } from './pairList.js';
import { fieldsOf, isImagePath, parseLabelledImages, parsePathPairs } from './pathPairs.js';

const MAX_LINES = 2_000_001;
const NEW_LINE = 0x0a;
const HINT = 'Use the pair list of the data set as it was published, or lines "pathA pathB 0" and "pathA pathB 1".';

/**
 * Reads a pair list in the format that its first line is in:
 *
 * - LFW's: a header `sets<TAB>pairsPerKind` (or only `pairsPerKind`, for one set), then in each set that many lines
 *   `name<TAB>n<TAB>m` and as many `nameA<TAB>n<TAB>nameB<TAB>m`; or such lines in any order without a header;
 * - CALFW's and CPLFW's: two lines `image label` a pair, of which label 0 says that they show two persons;
 * - `pathA pathB 0` for two persons, `pathA pathB 1` for one, with tabs, commas or spaces between.
 *
 * Lists without a header are one set.
 *
 * @param fileName stands in error messages
 * @throws LoadGenError `QSL_PAIRS_FORMAT`, listing the faults of the whole file with their lines
 */
export function parsePairs(bytes: Uint8Array, fileName: string): PairList {
  const { faults, ...list } = parseLines(textLines(bytes, fileName));
  if (faults.length === 0) return list;
  throw errorFromFaults(
    faults.map(({ line, message }) => ({
      code: 'QSL_PAIRS_FORMAT',
      message: `${line === undefined ? fileName : `${fileName}:${line}`}: ${message}`,
    })),
    HINT,
  );
}

function parseLines(lines: readonly string[]): ParsedPairs {
  const [first = ''] = lines;
  const fields = fieldsOf(first);
  if (isImagePath(fields[0] ?? '')) return fields.length === 2 ? parseLabelledImages(lines) : parsePathPairs(lines);
  return isLfwPair(first) ? parseLfwPairs(lines) : parseLfwList(lines);
}

function textLines(bytes: Uint8Array, fileName: string): string[] {
  if (lineCountAbove(bytes, MAX_LINES)) {
    const message = `${fileName}: found more than ${MAX_LINES} lines, expected at most so many`;
    throw new LoadGenError('QSL_PAIRS_FORMAT', message, { hint: HINT });
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.trimEnd().split(/\r?\n/);
  } catch (thrown) {
    throw new LoadGenError('QSL_PAIRS_FORMAT', `${fileName}: found bytes that are not UTF-8, expected a text file`, {
      hint: HINT,
      cause: thrown,
    });
  }
}

function lineCountAbove(bytes: Uint8Array, limit: number): boolean {
  let count = 0;
  for (let at = bytes.indexOf(NEW_LINE); at !== -1 && count <= limit; at = bytes.indexOf(NEW_LINE, at + 1)) count++;
  return count > limit;
}
