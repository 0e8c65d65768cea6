/** A tiny writer of pickles and of what torch.save makes of them; hostile files are made of its parts. */
import { zipSync } from 'fflate';
import { SMALL_TENSORS } from './smallNetwork.js';

type Piece = number | string | readonly Piece[];

/** The bytes of opcodes and arguments: numbers are bytes, texts are written as they are. */
export function bytesOf(...pieces: readonly Piece[]): Uint8Array {
  const flat = (piece: Piece): number[] => {
    if (typeof piece === 'number') return [piece];
    return typeof piece === 'string' ? [...Buffer.from(piece)] : piece.flatMap(flat);
  };
  return Uint8Array.from(pieces.flatMap(flat));
}

/** BINUNICODE */
export function text(value: string): Piece {
  return ['X', littleEndian(Buffer.byteLength(value)), value];
}

/** BININT */
export function integer(value: number): Piece {
  return ['J', littleEndian(value)];
}

/** GLOBAL */
export function name(module: string, attribute: string): Piece {
  return `c${module}\n${attribute}\n`;
}

/** MARK ... TUPLE */
export function tuple(...items: readonly Piece[]): Piece {
  return ['(', items, 't'];
}

export interface StoredTensor {
  readonly shape: readonly number[];
  readonly key: string;
  readonly values: number;
  readonly offset?: number;
  readonly strides?: readonly number[];
  readonly storageType?: string;
}

export function tensor({ shape, key, values, offset = 0, strides, storageType = 'FloatStorage' }: StoredTensor): Piece {
  const steps = strides ?? shape.map((_, i) => shape.slice(i + 1).reduce((product, size) => product * size, 1));
  const storage = tuple(text('storage'), name('torch', storageType), text(key), text('cpu'), integer(values));
  const sizes = [tuple(...shape.map(integer)), tuple(...steps.map(integer))];
  const noHooks = [name('collections', 'OrderedDict'), ')R'];
  return [
    name('torch._utils', '_rebuild_tensor_v2'),
    tuple([storage, 'Q'], integer(offset), sizes, 0x89, noHooks),
    'R',
  ];
}

/** PROTO 2 ... STOP */
export function pickle(...pieces: readonly Piece[]): Uint8Array {
  return bytesOf(0x80, 2, pieces, '.');
}

/** An OrderedDict. */
export function dict(entries: readonly (readonly [Piece, Piece])[]): Piece {
  return [name('collections', 'OrderedDict'), ')R(', entries.flat(), 'u'];
}

export function smallStateDict(): Uint8Array {
  return pickle(
    dict(
      SMALL_TENSORS.map(({ name: own, shape, values }, i) => [
        text(own),
        tensor({ shape, key: String(i), values: values.length }),
      ]),
    ),
  );
}

/** The archive's entries by name, all stored. */
export function zip(entries: Readonly<Record<string, Uint8Array>>, level: 0 | 9 = 0): Uint8Array {
  return zipSync({ ...entries }, { level, mtime: new Date(1980, 0, 1) });
}

/** The entries with the storages of the small network. */
export function smallStorages(): Record<string, Uint8Array> {
  return Object.fromEntries(SMALL_TENSORS.map(({ values }, i) => [`net/data/${i}`, new Uint8Array(values.buffer)]));
}

const MAGIC = bytesOf(0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, '.');

/** The older format: `storages` are the keys' pickle and what follows it. */
export function legacy(stateDict: Uint8Array, ...storages: readonly Uint8Array[]): Uint8Array {
  const version = pickle('M', 0xe9, 0x03);
  const machine = pickle('}', text('little_endian'), 0x88, 's');
  return Buffer.concat([MAGIC, version, machine, stateDict, ...storages]);
}

export function smallLegacy(): Uint8Array {
  const keys = SMALL_TENSORS.map((_, i) => text(String(i)));
  const storages = SMALL_TENSORS.flatMap(({ values }) => [
    bytesOf(littleEndian(values.length), 0, 0, 0, 0),
    new Uint8Array(values.buffer),
  ]);
  return legacy(smallStateDict(), pickle('](', keys, 'e'), ...storages);
}

function littleEndian(value: number): Piece {
  return [value & 0xff, (value >> 8) & 0xff, (value >> 16) & 0xff, (value >> 24) & 0xff];
}
