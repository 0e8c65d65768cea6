import { LoadGenError } from '../../base/errors.js';
import { errorFromFaults } from '../faults.js';
import { readTable } from './fields.js';
import { isImagePath } from './imageName.js';
import { isLfwPair, parseLfwList, parseLfwPairs } from './lfwPairs.js';
import { type ListLine, readListLines } from './listText.js';
import type { PairList, ParsedPairs } from './pairList.js';
import { isLabelledImage, isPathPair, parseLabelledImages, parsePathPairs } from './pathPairs.js';

const HINT = 'Use the pair list of the data set as it was published, or lines "pathA pathB 0" and "pathA pathB 1".';

/**
 * Reads a pair list in the format that its first line is in:
 *
 * - LFW's: a header `sets<TAB>pairsPerKind` (or only `pairsPerKind`, for one set), then in each set that many lines
 *   `name<TAB>n<TAB>m` and as many `nameA<TAB>n<TAB>nameB<TAB>m`; or such lines in any order without a header;
 * - CALFW's and CPLFW's: two lines `image label` a pair, of which label 0 says that they show two persons;
 * - `pathA pathB 0` for two persons, `pathA pathB 1` for one, or with True and False.
 *
 * Tabs, commas, semicolons or any white space divide the fields; a first line may name the columns. Lists without LFW's
 * header are one set.
 *
 * @param fileName stands in error messages
 * @param folders names of the data set's folder, for paths that begin with one
 * @throws LoadGenError `QSL_PAIRS_FORMAT`, listing the faults of the whole file with their lines
 */
export function parsePairs(bytes: Uint8Array, fileName: string, folders: readonly string[] = []): PairList {
  const lines = readListLines(bytes);
  if ('message' in lines) {
    const { line, message, hint = HINT } = lines;
    throw new LoadGenError('QSL_PAIRS_FORMAT', `${placeOf(fileName, line)}: ${message}`, { hint });
  }
  const { faults, ...list } = parseLines(readTable(lines), folders);
  if (faults.length === 0) return list;
  throw errorFromFaults(
    faults.map(({ line, message }) => ({
      code: 'QSL_PAIRS_FORMAT',
      message: `${placeOf(fileName, line)}: ${message}`,
    })),
    HINT,
  );
}

function parseLines(lines: readonly ListLine[], folders: readonly string[]): ParsedPairs {
  const [first] = lines;
  if (first === undefined) return parseLfwList(lines);
  if (isPathPair(first)) return parsePathPairs(lines, folders);
  if (isLabelledImage(first)) return parseLabelledImages(lines, folders);
  if (isLfwPair(first)) return parseLfwPairs(lines);
  // Whatever else names images is a faulty line of paths.
  const hasImages = (first.fields ?? first.text.split(/[\s,;]+/)).some(isImagePath);
  if (hasImages) return parsePathPairs(lines, folders);
  return first.fields === undefined ? parseLfwList(lines) : parseLfwPairs(lines);
}

function placeOf(fileName: string, line: number | undefined): string {
  return line === undefined ? fileName : `${fileName}:${line}`;
}
