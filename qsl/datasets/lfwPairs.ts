import { fieldsOf } from './fields.js';
import { type ImageName, isPlainName } from './imageName.js';
import type { ListLine } from './listText.js';
import { FAULTS_KEPT, type ImagePair, type PairListFault, type ParsedPairs, quote } from './pairList.js';

const MAX_COUNT = 1_000_000;
/** LFW's own list: ten sets of 300 matched and 300 mismatched pairs. */
const LFW_SETS = 10;
const LFW_PAIRS_PER_KIND = 300;

type NumberedName = Extract<ImageName, { name: string }>;

/** Whether a line is like those after the header of LFW's list. */
export function isLfwPair(line: ListLine): boolean {
  return isPairFields(fieldsOf(line, isPairFields));
}

/** Lines of LFW's list without its header, in any order: LFW's ten sets if they are all of it, else one set. */
export function parseLfwPairs(lines: readonly ListLine[]): ParsedPairs {
  const { pairs, faults } = collectPairs(lines, () => ({ set: 1, same: undefined }));
  const isLfw =
    pairs.length === LFW_SETS * LFW_PAIRS_PER_KIND * 2 &&
    pairs.every(({ same }, index) => same === isMatchedPlace(index, LFW_PAIRS_PER_KIND));
  if (!isLfw) return { setCount: 1, pairs, faults };
  const inSets = pairs.map((pair, index) => ({ ...pair, set: setAt(index, LFW_PAIRS_PER_KIND) }));
  return { setCount: LFW_SETS, pairs: inSets, faults };
}

/** LFW's list: a header, then in each set first the matched pairs, then as many mismatched ones. */
export function parseLfwList([header, ...lines]: readonly ListLine[]): ParsedPairs {
  const counts = header && parseHeader(header);
  if (header === undefined || counts === undefined) {
    const found = header === undefined ? 'no pairs' : quote(header.text);
    const message = `found ${found}, expected "sets<TAB>pairsPerKind", such as "10<TAB>300", or a pair`;
    return { setCount: 0, pairs: [], faults: [{ line: header?.number ?? 1, message }] };
  }
  const { setCount, pairsPerKind } = counts;
  const expected = setCount * pairsPerKind * 2;
  const countIsRight = lines.length === expected;
  const { pairs, faults } = collectPairs(lines, (index) => ({
    set: setAt(index, pairsPerKind),
    same: countIsRight ? isMatchedPlace(index, pairsPerKind) : undefined,
  }));
  if (countIsRight) return { setCount, pairs, faults };
  const sets = `${setCount} x (${pairsPerKind} matched + ${pairsPerKind} mismatched)`;
  const message = `found ${lines.length} pairs after the header, expected ${expected}: ${sets}`;
  return { setCount, pairs, faults: [{ message }, ...faults] };
}

/** What the place of a line says about its pair. */
interface Expectation {
  readonly set: number;
  /** Undefined where the pair may be of either kind. */
  readonly same: boolean | undefined;
}

function setAt(index: number, pairsPerKind: number): number {
  return Math.floor(index / (pairsPerKind * 2)) + 1;
}

function isMatchedPlace(index: number, pairsPerKind: number): boolean {
  return index % (pairsPerKind * 2) < pairsPerKind;
}

function collectPairs(
  lines: readonly ListLine[],
  expectationAt: (index: number) => Expectation,
): { pairs: ImagePair[]; faults: PairListFault[] } {
  const pairs: ImagePair[] = [];
  const faults: PairListFault[] = [];
  for (const [index, line] of lines.entries()) {
    const pair = parsePair(line, expectationAt(index));
    if (typeof pair !== 'string') pairs.push(pair);
    else if (faults.push({ line: line.number, message: pair }) === FAULTS_KEPT) break;
  }
  return { pairs, faults };
}

function parseHeader(header: ListLine): { setCount: number; pairsPerKind: number } | undefined {
  const fields = fieldsOf(header, ({ length }) => length === 2);
  const [setCount, pairsPerKind] = fields.length === 1 ? [1, parseCount(header.text)] : fields.map(parseCount);
  const isHeader = fields.length <= 2 && setCount !== undefined && pairsPerKind !== undefined;
  return isHeader && setCount * pairsPerKind <= MAX_COUNT ? { setCount, pairsPerKind } : undefined;
}

/** Three fields for one person, four for two. */
function isPairFields(fields: readonly string[]): boolean {
  const [, second = '', third = '', fourth = ''] = fields;
  if (fields.length === 3) return isNumber(second) && isNumber(third);
  return fields.length === 4 && isNumber(second) && isNumber(fourth);
}

/** A pair, or what is wrong with the line. */
function parsePair(line: ListLine, { set, same: expectedSame }: Expectation): ImagePair | string {
  const fields = fieldsOf(line, isPairFields);
  const [first = '', second = '', third = '', fourth = ''] = fields;
  const isPair = fields.length === 3 || fields.length === 4;
  const same = fields.length === 3 || (expectedSame !== false && first === third);
  if (!isPair || (expectedSame ?? same) !== same) return describeLine(line, fields.length, expectedSame);
  const a = parseImageName(first, second);
  const b = fields.length === 3 ? parseImageName(first, third) : parseImageName(third, fourth);
  if (typeof a === 'string') return a;
  if (typeof b === 'string') return b;
  if (same && a.number === b.number) return `found image ${a.number} of ${quote(a.name)} twice, expected two images`;
  if (!same && a.name === b.name) return `found ${quote(a.name)} twice, expected two different names`;
  return { a, b, same, set };
}

function describeLine({ text }: ListLine, fieldCount: number, expectedSame: boolean | undefined): string {
  const matched = 'a matched pair "name<TAB>n<TAB>m"';
  const mismatched = 'a mismatched pair "name<TAB>n<TAB>name<TAB>m"';
  const expected = expectedSame === undefined ? `${matched} or ${mismatched}` : expectedSame ? matched : mismatched;
  return `found ${fieldCount} ${fieldCount === 1 ? 'field' : 'fields'} in ${quote(text)}, expected ${expected}`;
}

function parseImageName(name: string, numberText: string): NumberedName | string {
  const number = parseCount(numberText);
  if (number === undefined) return `found image number ${quote(numberText)}, expected a whole number from 1`;
  if (!isPlainName(name)) return `found name ${quote(name)}, expected a folder's name without "/", "\\" or ".."`;
  return { name: name.normalize('NFC'), number };
}

/** Spreadsheets that have a column with gaps write `1.0`. */
function isNumber(text: string): boolean {
  return /^\d+(\.0+)?$/.test(text);
}

/** A whole number from 1 up to a million. */
function parseCount(text: string): number | undefined {
  const count = isNumber(text) ? Number(text) : 0;
  return count >= 1 && count <= MAX_COUNT ? count : undefined;
}
