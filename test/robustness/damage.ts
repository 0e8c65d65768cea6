/** Damaged copies of valid files. A seed and an index always make the same copy. */
import { elementAt } from '../../base/arrays.js';
import { MersenneTwister } from '../../loadgen/random/mersenneTwister.js';

const MAX_DAMAGES = 3;
const MAX_BLOCK_BYTES = 2000;
const NESTING_DEPTH = 100_000;
const REPETITIONS = 2000;
const HUGE_NUMBERS = [0xffffffffn, 0x7fffffffn, 0x80000000n, 0x7fffffffffffffffn, 0xffffffffffffffffn, 1n << 40n];
const NUMBER_TEXTS = '0 -1 1e999 -1e999 1e300 1e-320 NaN Infinity null 1.5 99999999999999999999 -0 0x10 "1" true'.split(
  ' ',
);
const NUMBER = /-?\d+(?:\.\d+)?(?:e[-+]?\d+)?/g;
const INVALID_UTF8 = [[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf8, 0x88, 0x80], [0xe2, 0x28]];
const STRUCTURE = '{}[]",:\\\n\r\t= #'.split('');

class Random {
  readonly #generator: MersenneTwister;

  constructor(seed: number) {
    this.#generator = new MersenneTwister(seed);
  }

  /** From 0 up to, but not including, `end`. */
  below(end: number): number {
    return Math.floor((this.#generator.next() / 2 ** 32) * end);
  }

  of<T>(values: readonly T[]): T {
    return elementAt(values, this.below(values.length));
  }
}

type Damage = (bytes: Buffer, random: Random) => Buffer;

const DAMAGES: Readonly<Record<string, Damage>> = {
  'flipped bits': (bytes, random) =>
    changed(bytes, (copy) => {
      for (let flips = 1 + random.below(8); flips > 0; flips--) {
        const position = random.below(copy.length);
        copy[position] = (copy[position] ?? 0) ^ (1 << random.below(8));
      }
    }),
  'extreme bytes': (bytes, random) =>
    changed(bytes, (copy) => {
      for (let count = 1 + random.below(8); count > 0; count--) {
        copy[random.below(copy.length)] = random.of([0, 1, 0x7f, 0x80, 0xfe, 0xff]);
      }
    }),
  truncated: (bytes, random) => bytes.subarray(0, random.below(bytes.length)),
  'removed block': (bytes, random) => {
    const start = random.below(bytes.length);
    return splice(bytes, start, 1 + random.below(MAX_BLOCK_BYTES), Buffer.alloc(0));
  },
  'inserted block': (bytes, random) => {
    const from = random.below(bytes.length);
    const copied = bytes.subarray(from, from + 1 + random.below(MAX_BLOCK_BYTES));
    const block = random.of([
      copied,
      Buffer.alloc(1 + random.below(MAX_BLOCK_BYTES)),
      Buffer.from(Array.from({ length: 1 + random.below(100) }, () => random.below(256))),
    ]);
    return splice(bytes, random.below(bytes.length), 0, block);
  },
  'moved block': (bytes, random) => {
    const from = random.below(bytes.length);
    const block = bytes.subarray(from, from + 1 + random.below(MAX_BLOCK_BYTES));
    const rest = splice(bytes, from, block.length, Buffer.alloc(0));
    return splice(rest, random.below(rest.length), 0, block);
  },
  'huge length': (bytes, random) => {
    const size = random.of([2, 4, 8]);
    const number = Buffer.alloc(8);
    number.writeBigUInt64LE(random.of(HUGE_NUMBERS));
    const field = random.of([number.subarray(0, size), Buffer.from(number.subarray(0, size)).reverse()]);
    const start = random.of([
      0,
      random.below(64),
      random.below(bytes.length),
      size * random.below(bytes.length / size),
    ]);
    return splice(bytes, start, size, field);
  },
  'small integer': (bytes, random) => {
    const field = Buffer.alloc(4);
    field.writeInt32LE(random.of([-1, 0, 1, 2, 3, 255, 65_536, 1 << 24]));
    return splice(bytes, 4 * random.below(bytes.length / 4), 4, field);
  },
  'other number': (bytes, random) => replaceOne(bytes, random, NUMBER, random.of(NUMBER_TEXTS)),
  'other text': (bytes, random) => {
    const text = random.of(['', ' ', '../../x', 'x'.repeat(100_000), '__proto__', 'constructor', '\u0000', '\u202e']);
    return replaceOne(bytes, random, /[A-Za-z_]\w+/g, text);
  },
  'other structure': (bytes, random) =>
    splice(bytes, random.below(bytes.length), random.below(2), Buffer.from(random.of(STRUCTURE))),
  'deep nesting': (bytes, random) =>
    splice(
      bytes,
      random.of([0, random.below(bytes.length)]),
      0,
      Buffer.from(random.of(['[', '{"a":', '(']).repeat(NESTING_DEPTH)),
    ),
  'repeated line': (bytes, random) => {
    const start = bytes.lastIndexOf('\n', random.below(bytes.length)) + 1;
    const end = bytes.indexOf('\n', start);
    const line = bytes.subarray(start, Math.min(end === -1 ? bytes.length : end + 1, start + MAX_BLOCK_BYTES));
    const times = random.of([2, 3, REPETITIONS]);
    return splice(bytes, start, 0, Buffer.concat(Array.from({ length: times }, () => line)));
  },
  'invalid UTF-8': (bytes, random) =>
    splice(bytes, random.below(bytes.length), 0, Buffer.from(random.of(INVALID_UTF8))),
  'other line ends': (bytes, random) =>
    Buffer.from(bytes.toString('latin1').replaceAll('\n', random.of(['\r\n', '\r', '\n\n', ' '])), 'latin1'),
  'NULs alone': (bytes, random) => Buffer.alloc(random.of([1, 8, bytes.length])),
  empty: () => Buffer.alloc(0),
};
const NAMES = Object.keys(DAMAGES);

export interface DamagedCopy {
  readonly content: Buffer;
  /** Index of the one that was damaged. */
  readonly original: number;
  /** `truncated, flipped bits`: what was done to it. */
  readonly damage: string;
}

/** Copy number `index` of one of `originals` with one to three damages. */
export function damagedCopy(originals: readonly Uint8Array[], seed: number, index: number): DamagedCopy {
  const random = new Random(Math.imul(seed, 1_000_003) + index);
  const original = random.below(originals.length);
  let content = Buffer.from(elementAt(originals, original));
  const names: string[] = [];
  for (let count = 1 + random.below(MAX_DAMAGES); count > 0 && content.length > 0; count--) {
    const name = random.of(NAMES);
    names.push(name);
    content = Buffer.from(DAMAGES[name]?.(content, random) ?? content);
  }
  return { content, original, damage: names.join(', ') };
}

function changed(bytes: Buffer, change: (copy: Buffer) => void): Buffer {
  const copy = Buffer.from(bytes);
  change(copy);
  return copy;
}

function splice(bytes: Buffer, start: number, removed: number, inserted: Uint8Array): Buffer {
  return Buffer.concat([bytes.subarray(0, start), inserted, bytes.subarray(start + removed)]);
}

/** Of the places that a pattern finds; latin1 keeps all other bytes. */
function replaceOne(bytes: Buffer, random: Random, pattern: RegExp, replacement: string): Buffer {
  const text = bytes.toString('latin1');
  const places = [...text.matchAll(pattern)];
  if (places.length === 0) return bytes;
  const { index, 0: found } = random.of(places);
  return splice(bytes, index, found.length, Buffer.from(replacement));
}
