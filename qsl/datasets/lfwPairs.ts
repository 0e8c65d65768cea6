import { type ImageName, isPlainName } from './imageName.js';
import { FAULTS_KEPT, type ImagePair, type PairListFault, type ParsedPairs, quote } from './pairList.js';

const MAX_COUNT = 1_000_000;

/** Whether a line is like those after the header of LFW's list. */
export function isLfwPair(line: string): boolean {
  const fields = line.split('\t');
  return (fields.length === 3 || fields.length === 4) && parseCount(fields.at(-1) ?? '') !== undefined;
}

/** Lines of LFW's list without its header, in any order, as one set. */
export function parseLfwPairs(lines: readonly string[]): ParsedPairs {
  return { setCount: 1, ...collectPairs(lines, 1, () => ({ set: 1, same: undefined })) };
}

/** LFW's list: a header, then in each set first the matched pairs, then as many mismatched ones. */
export function parseLfwList([header = '', ...lines]: readonly string[]): ParsedPairs {
  const counts = parseHeader(header);
  if (counts === undefined) {
    const message = `found ${quote(header)}, expected "sets<TAB>pairsPerKind", such as "10<TAB>300", or a pair`;
    return { setCount: 0, pairs: [], faults: [{ line: 1, message }] };
  }
  const { setCount, pairsPerKind } = counts;
  const expected = setCount * pairsPerKind * 2;
  const countIsRight = lines.length === expected;
  const { pairs, faults } = collectPairs(lines, 2, (index) => ({
    set: Math.floor(index / (pairsPerKind * 2)) + 1,
    same: countIsRight ? index % (pairsPerKind * 2) < pairsPerKind : undefined,
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

function collectPairs(
  lines: readonly string[],
  firstLine: number,
  expectationAt: (index: number) => Expectation,
): { pairs: ImagePair[]; faults: PairListFault[] } {
  const pairs: ImagePair[] = [];
  const faults: PairListFault[] = [];
  for (const [index, line] of lines.entries()) {
    const pair = parsePair(line, expectationAt(index));
    if (typeof pair === 'string') faults.push({ line: index + firstLine, message: pair });
    else pairs.push(pair);
    if (faults.length === FAULTS_KEPT) break;
  }
  return { pairs, faults };
}

function parseHeader(header: string): { setCount: number; pairsPerKind: number } | undefined {
  const fields = header.split('\t');
  const [setCount, pairsPerKind] = fields.length === 1 ? [1, parseCount(header)] : fields.map(parseCount);
  const isHeader = fields.length <= 2 && setCount !== undefined && pairsPerKind !== undefined;
  return isHeader && setCount * pairsPerKind <= MAX_COUNT ? { setCount, pairsPerKind } : undefined;
}

/** A pair, or what is wrong with the line. */
function parsePair(line: string, { set, same: expectedSame }: Expectation): ImagePair | string {
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

function parseImageName(name: string, numberText: string): Exclude<ImageName, { path: string }> | string {
  const number = parseCount(numberText);
  if (number === undefined) return `found image number ${quote(numberText)}, expected a whole number from 1`;
  if (!isPlainName(name)) return `found name ${quote(name)}, expected a folder's name without "/", "\\" or ".."`;
  return { name, number };
}

/** A whole number from 1 up to a million, written as such. */
function parseCount(text: string): number | undefined {
  const count = /^[1-9]\d{0,6}$/.test(text) ? Number(text) : undefined;
  return count !== undefined && count <= MAX_COUNT ? count : undefined;
}
