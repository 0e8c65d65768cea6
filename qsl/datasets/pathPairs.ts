import { isInnerPath } from './imageName.js';
import { FAULTS_KEPT, type ImagePair, type PairListFault, type ParsedPairs, quote } from './pairList.js';

/** The parts of a line, between tabs if it has any, else between commas, else between spaces. */
export function fieldsOf(line: string): string[] {
  const separator = line.includes('\t') ? '\t' : line.includes(',') ? ',' : / +/;
  return line
    .trim()
    .split(separator)
    .map((field) => field.trim());
}

/** Whether a text ends as the name of an image that can be read. */
export function isImagePath(text: string): boolean {
  return /\.(jpe?g|png)$/i.test(text);
}

/** Lines `pathA pathB 0` and `pathA pathB 1`. */
export function parsePathPairs(lines: readonly string[]): ParsedPairs {
  return collect(lines, 1, ([line = '']) => {
    const fields = fieldsOf(line);
    const [a = '', b = '', label = ''] = fields;
    if (fields.length !== 3) return `found ${quote(line)}, expected "pathA pathB 0" or "pathA pathB 1"`;
    if (label !== '0' && label !== '1') return `found label ${quote(label)}, expected 0 (two persons) or 1 (one)`;
    return pairOf(a, b, label === '1');
  });
}

/**
 * Two lines `image label` a pair. Label 0 says that they show two persons; CPLFW's for one person is 1, CALFW's 1 to 10.
 */
export function parseLabelledImages(lines: readonly string[]): ParsedPairs {
  return collect(lines, 2, ([lineA = '', lineB]) => {
    if (lineB === undefined) return `found ${quote(lineA)} at the end, expected a second image of the pair after it`;
    const [fieldsA, fieldsB] = [fieldsOf(lineA), fieldsOf(lineB)];
    for (const [fields, line] of [[fieldsA, lineA] as const, [fieldsB, lineB] as const]) {
      const isLabelled = fields.length === 2 && /^\d{1,3}$/.test(fields[1] ?? '');
      if (!isLabelled) return `found ${quote(line)}, expected "image label" with a whole number as label`;
    }
    const [[a = '', labelA], [b = '', labelB]] = [fieldsA, fieldsB];
    if (labelA !== labelB) return `found labels ${labelA} and ${labelB}, expected the same for both images of a pair`;
    return pairOf(a, b, Number(labelA) !== 0);
  });
}

function collect(
  lines: readonly string[],
  linesPerPair: number,
  parse: (lines: readonly string[]) => ImagePair | string,
): ParsedPairs {
  const pairs: ImagePair[] = [];
  const faults: PairListFault[] = [];
  for (let start = 0; start < lines.length && faults.length < FAULTS_KEPT; start += linesPerPair) {
    const pair = parse(lines.slice(start, start + linesPerPair));
    if (typeof pair === 'string') faults.push({ line: start + 1, message: pair });
    else pairs.push(pair);
  }
  return { setCount: 1, pairs, faults };
}

function pairOf(a: string, b: string, same: boolean): ImagePair | string {
  for (const path of [a, b]) {
    if (!isImagePath(path)) return `found image ${quote(path)}, expected a .jpg, .jpeg or .png file`;
    if (!isInnerPath(path)) return `found path ${quote(path)}, expected one inside the data set's folder, without ".."`;
  }
  if (a === b) return `found image ${quote(a)} twice, expected two images`;
  return { a: { path: a }, b: { path: b }, same, set: 1 };
}
