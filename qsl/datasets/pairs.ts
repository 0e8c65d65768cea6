import { LoadGenError } from '../../base/errors.js';
import { errorFromFaults, type Fault } from '../faults.js';

/** One image of a data set: the `number`-th of the person `name`. */
export interface ImageName {
  readonly name: string;
  readonly number: number;
}

/** Two images, and whether they show one person. */
export interface ImagePair {
  readonly a: ImageName;
  readonly b: ImageName;
  readonly same: boolean;
  /** Which set of the list the pair is in, from 1. */
  readonly set: number;
}

/** What a pair list in the format of LFW's View 2 holds: in each set first the matched pairs, then the mismatched. */
export interface PairList {
  readonly setCount: number;
  readonly pairsPerKind: number;
  readonly pairs: readonly ImagePair[];
}

const MAX_COUNT = 1_000_000;
const MAX_NAME_LENGTH = 200;

/**
 * Reads a pair list: a header `sets<TAB>pairsPerKind` (or only `pairsPerKind`, for one set), then in each set that
 * many lines `name<TAB>n<TAB>m` and as many `nameA<TAB>n<TAB>nameB<TAB>m`.
 *
 * @param fileName stands in error messages
 * @throws LoadGenError `QSL_PAIRS_FORMAT`, listing the faults of the whole file with their lines
 */
export function parsePairs(bytes: Uint8Array, fileName: string): PairList {
  const [header = '', ...lines] = textLines(bytes, fileName);
  const { setCount, pairsPerKind } = parseHeader(header, fileName);
  const faults: Fault[] = [];
  const expected = setCount * pairsPerKind * 2;
  const countIsRight = lines.length === expected;
  if (!countIsRight) {
    const sets = `${setCount} x (${pairsPerKind} matched + ${pairsPerKind} mismatched)`;
    const message = `found ${lines.length} pairs after the header, expected ${expected}: ${sets}`;
    faults.push({ code: 'QSL_PAIRS_FORMAT', message: `${fileName}: ${message}` });
  }
  const pairs: ImagePair[] = [];
  for (const [index, line] of lines.entries()) {
    const expectedSame = countIsRight ? index % (pairsPerKind * 2) < pairsPerKind : undefined;
    const pair = parsePair(line, Math.floor(index / (pairsPerKind * 2)) + 1, expectedSame);
    if (typeof pair === 'string') {
      faults.push({ code: 'QSL_PAIRS_FORMAT', message: `${fileName}:${index + 2}: ${pair}` });
    } else pairs.push(pair);
  }
  if (faults.length > 0) throw errorFromFaults(faults, 'Use the pairs.txt of the data set as it was published.');
  return { setCount, pairsPerKind, pairs };
}

/** The part of an image's path below the folder of all images: `Name/Name_0001.jpg`. */
export function relativeImagePath({ name, number }: ImageName): string {
  return `${name}/${name}_${String(number).padStart(4, '0')}.jpg`;
}

function textLines(bytes: Uint8Array, fileName: string): string[] {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.trimEnd().split(/\r?\n/);
  } catch (cause) {
    throw new LoadGenError('QSL_PAIRS_FORMAT', `${fileName}: found bytes that are not UTF-8, expected a text file`, {
      hint: 'Use the pairs.txt of the data set as it was published.',
      cause,
    });
  }
}

function parseHeader(header: string, fileName: string): { setCount: number; pairsPerKind: number } {
  const fields = header.split('\t');
  const [setCount, pairsPerKind] = fields.length === 1 ? [1, parseCount(header)] : fields.map(parseCount);
  const isHeader = fields.length <= 2 && setCount !== undefined && pairsPerKind !== undefined;
  if (isHeader && setCount * pairsPerKind <= MAX_COUNT) return { setCount, pairsPerKind };
  throw new LoadGenError(
    'QSL_PAIRS_FORMAT',
    `${fileName}:1: found ${quote(header)}, expected "sets<TAB>pairsPerKind", such as "10<TAB>300"`,
    { hint: 'Use the pairs.txt of the data set as it was published.' },
  );
}

/** A pair, or what is wrong with the line. */
function parsePair(line: string, set: number, expectedSame: boolean | undefined): ImagePair | string {
  const fields = line.split('\t');
  const isPair = fields.length === 3 || fields.length === 4;
  const same = fields.length === 3;
  if (!isPair || (expectedSame ?? same) !== same) return describeLine(line, fields.length, expectedSame);
  const [first = '', second = '', third = '', fourth = ''] = fields;
  const a = parseImageName(first, second);
  const b = same ? parseImageName(first, third) : parseImageName(third, fourth);
  if (typeof a === 'string') return a;
  if (typeof b === 'string') return b;
  if (same && a.number === b.number) return `found image ${a.number} of ${quote(a.name)} twice, expected two images`;
  if (!same && a.name === b.name) return `found ${quote(a.name)} twice, expected two different names`;
  return { a, b, same, set };
}

function describeLine(line: string, fieldCount: number, expectedSame: boolean | undefined): string {
  const matched = 'a matched pair "name<TAB>n<TAB>m"';
  const mismatched = 'a mismatched pair "name<TAB>n<TAB>name<TAB>m"';
  const expected = expectedSame === undefined ? `${matched} or ${mismatched}` : expectedSame ? matched : mismatched;
  return `found ${fieldCount} tab-separated ${fieldCount === 1 ? 'field' : 'fields'} in ${quote(line)}, expected ${expected}`;
}

function parseImageName(name: string, numberText: string): ImageName | string {
  const number = parseCount(numberText);
  if (number === undefined) return `found image number ${quote(numberText)}, expected a whole number from 1`;
  if (!isFolderName(name)) return `found name ${quote(name)}, expected a folder's name without "/", "\\" or ".."`;
  return { name, number };
}

function isFolderName(name: string): boolean {
  const isPlain = name.trim() === name && !/[/\\:\p{Cc}]/u.test(name);
  return isPlain && name.length > 0 && name.length <= MAX_NAME_LENGTH && name !== '.' && name !== '..';
}

/** A whole number from 1 up to a million, written as such. */
function parseCount(text: string): number | undefined {
  const count = /^[1-9]\d{0,6}$/.test(text) ? Number(text) : undefined;
  return count !== undefined && count <= MAX_COUNT ? count : undefined;
}

function quote(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
}
