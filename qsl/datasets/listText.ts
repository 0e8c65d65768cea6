import { foreignContentOf } from '../../base/foreignContent.js';

/** A line of a pair list that is not empty. */
export interface ListLine {
  /** In the file, from 1. */
  readonly number: number;
  /** Without blanks around it. */
  readonly text: string;
  /** Where a header says how lines are divided. */
  readonly fields?: readonly string[];
}

/** Why a list cannot be read as text. */
export interface ListTextFault {
  readonly message: string;
  /** From 1; none if it is the list as a whole. */
  readonly line?: number;
  readonly hint?: string;
}

const MAX_LINES = 2_000_001;
const NEW_LINE = 0x0a;
/** Its marks, and how the first Latin letter looks without one. */
const UTF_32 = ['ff fe 00 00', '00 00 fe ff', 'xx 00 00 00', '00 00 00 xx'];
const UTF_16 = [
  ['utf-16le', 0xff, 0xfe],
  ['utf-16be', 0xfe, 0xff],
] as const;

/** The lines of a text in UTF-8, with or without a byte order mark, or in UTF-16 with one; empty ones are left out. */
export function readListLines(bytes: Uint8Array): ListLine[] | ListTextFault {
  const foreign = foreignContentOf(bytes);
  if (foreign !== undefined) return { message: `found ${foreign.name}, expected a text file`, hint: foreign.hint };
  if (lineCountAbove(bytes, MAX_LINES))
    return { message: `found more than ${MAX_LINES} lines, expected at most so many` };
  const text = decode(bytes);
  if (typeof text !== 'string') return text;
  return text
    .split(/\r\n|\n|\r/)
    .map((line, index) => ({ number: index + 1, text: line.trim() }))
    .filter((line) => line.text !== '');
}

function decode(bytes: Uint8Array): string | ListTextFault {
  if (isUtf32(bytes)) return { message: 'found UTF-32, expected UTF-8, or UTF-16 with a byte order mark' };
  const encoding = UTF_16.find(([, first, second]) => bytes[0] === first && bytes[1] === second)?.[0] ?? 'utf-8';
  if (isUnmarkedUtf16(bytes)) {
    return { message: 'found UTF-16 without a byte order mark, expected UTF-8, or UTF-16 with the mark' };
  }
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    const before = new TextDecoder(encoding).decode(bytes).split('\uFFFD', 1).join();
    const line = before.split('\n').length;
    return { line, message: `found bytes that are not ${encoding.toUpperCase()}, expected a text in UTF-8 or UTF-16` };
  }
}

function isUtf32(bytes: Uint8Array): boolean {
  const first = [...bytes.subarray(0, 4)].map((byte) => byte.toString(16).padStart(2, '0'));
  const shape = first.map((byte) => (byte === '00' ? byte : 'xx')).join(' ');
  return UTF_32.includes(first.join(' ')) || UTF_32.includes(shape);
}

/** Whether of the first two characters one half is 0 each, as in all of the Latin alphabet. */
function isUnmarkedUtf16(bytes: Uint8Array): boolean {
  const halves = [...bytes.subarray(0, 4)].map((byte) => (byte === 0 ? '0' : 'x')).join('');
  return halves === 'x0x0' || halves === '0x0x';
}

function lineCountAbove(bytes: Uint8Array, limit: number): boolean {
  let count = 0;
  for (let at = bytes.indexOf(NEW_LINE); at !== -1 && count <= limit; at = bytes.indexOf(NEW_LINE, at + 1)) count++;
  return count > limit;
}
