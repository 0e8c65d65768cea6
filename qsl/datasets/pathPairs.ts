import { fieldsOf } from './fields.js';
import { isImagePath, readInnerPath } from './imageName.js';
import type { ListLine } from './listText.js';
import { FAULTS_KEPT, type ImagePair, type PairListFault, type ParsedPairs, quote } from './pairList.js';

const SAME_OF_LABEL: Readonly<Record<string, boolean>> = { 0: false, 1: true, false: false, true: true };

/** Whether a line is a pair of paths, with a label before or after them. */
export function isPathPair(line: ListLine): boolean {
  return isPathPairFields(fieldsOf(line, isPathPairFields));
}

/** Whether a line is a path with a label. */
export function isLabelledImage(line: ListLine): boolean {
  return isLabelledFields(fieldsOf(line, isLabelledFields));
}

/** Lines `pathA pathB 0` and `pathA pathB 1`, or with the label first. */
export function parsePathPairs(lines: readonly ListLine[], folders: readonly string[]): ParsedPairs {
  return collect(lines, 1, (line) => {
    const fields = fieldsOf(line, isPathPairFields);
    if (fields.length !== 3) return `found ${quote(line.text)}, expected "pathA pathB 0" or "pathA pathB 1"`;
    const isLabelFirst = isPathPairFields(fields) && !isImagePath(fields[0] ?? '');
    const [a = '', b = '', label = ''] = isLabelFirst ? [...fields.slice(1), ...fields.slice(0, 1)] : fields;
    const same = sameOfLabel(label);
    if (same !== undefined) return pairOf(a, b, same, folders);
    return `found label ${quote(label)}, expected 0 or False (two persons) or 1 or True (one)`;
  });
}

/** A line that `parsePathPairs` reads. A tab divides what may hold blanks and commas. */
export function pathPairLine([pathA, pathB]: readonly [string, string], same: boolean): string {
  return `${pathA}\t${pathB}\t${same ? 1 : 0}`;
}

/**
 * Two lines `image label` a pair. Label 0 says that they show two persons; CPLFW's for one person is 1, CALFW's 1 to 10.
 */
export function parseLabelledImages(lines: readonly ListLine[], folders: readonly string[]): ParsedPairs {
  return collect(lines, 2, (lineA, lineB) => {
    if (lineB === undefined)
      return `found ${quote(lineA.text)} at the end, expected a second image of the pair after it`;
    const [fieldsA, fieldsB] = [fieldsOf(lineA, isLabelledFields), fieldsOf(lineB, isLabelledFields)];
    for (const [fields, { text }] of [[fieldsA, lineA] as const, [fieldsB, lineB] as const]) {
      const isLabelled = fields.length === 2 && /^\d{1,3}$/.test(fields[1] ?? '');
      if (!isLabelled) return `found ${quote(text)}, expected "image label" with a whole number as label`;
    }
    const [[a = '', labelA], [b = '', labelB]] = [fieldsA, fieldsB];
    if (labelA !== labelB) return `found labels ${labelA} and ${labelB}, expected the same for both images of a pair`;
    return pairOf(a, b, Number(labelA) !== 0, folders);
  });
}

/** Spreadsheets and pandas write `1.0`. */
function sameOfLabel(label: string): boolean | undefined {
  const plain = label.toLowerCase().replace(/(?<=\d)\.0+$/, '');
  return Object.hasOwn(SAME_OF_LABEL, plain) ? SAME_OF_LABEL[plain] : undefined;
}

function isPathPairFields(fields: readonly string[]): boolean {
  return fields.length === 3 && isImagePath(fields[1] ?? '') && fields.filter(isImagePath).length === 2;
}

function isLabelledFields(fields: readonly string[]): boolean {
  return fields.length === 2 && isImagePath(fields[0] ?? '') && !isImagePath(fields[1] ?? '');
}

function collect(
  lines: readonly ListLine[],
  linesPerPair: 1 | 2,
  parse: (line: ListLine, next: ListLine | undefined) => ImagePair | string,
): ParsedPairs {
  const pairs: ImagePair[] = [];
  const faults: PairListFault[] = [];
  for (const [index, line] of lines.entries()) {
    if (index % linesPerPair !== 0) continue;
    const pair = parse(line, lines[index + 1]);
    if (typeof pair !== 'string') pairs.push(pair);
    else if (faults.push({ line: line.number, message: pair }) === FAULTS_KEPT) break;
  }
  return { setCount: 1, pairs, faults };
}

function pairOf(textA: string, textB: string, same: boolean, folders: readonly string[]): ImagePair | string {
  const paths: string[] = [];
  for (const text of [textA, textB]) {
    if (!isImagePath(text)) return `found image ${quote(text)}, expected a .jpg, .jpeg or .png file`;
    const inner = readInnerPath(text, folders);
    if ('expected' in inner) return `found path ${quote(text)}, expected ${inner.expected}`;
    paths.push(inner.path);
  }
  const [a = '', b = ''] = paths;
  if (a === b) return `found image ${quote(a)} twice, expected two images`;
  return { a: { path: a }, b: { path: b }, same, set: 1 };
}
