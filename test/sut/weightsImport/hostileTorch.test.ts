import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LoadGenError } from '../../../base/errors.js';
import { readTorchWeights } from '../../../sut/weightsImport/torchWeights.js';
import { smallWeightsOf } from './smallNetwork.js';
import {
  bytesOf,
  dict,
  integer,
  legacy,
  name,
  pickle,
  type StoredTensor,
  smallLegacy,
  smallStateDict,
  smallStorages,
  tensor,
  text,
  tuple,
  zip,
} from './torchFile.js';

const LARGE = 'a'.repeat(500_000);
const orderedDict = name('collections', 'OrderedDict');

const pickles: [string, Uint8Array, RegExp][] = [
  [
    'calls os.system',
    pickle(name('os', 'system'), tuple(text('touch /tmp/x')), 'R'),
    /the name "os\.system", which no state dict needs/,
  ],
  ['calls eval', pickle(name('builtins', 'eval'), tuple(text('1')), 'R'), /the name "builtins\.eval"/],
  [
    'calls eval by STACK_GLOBAL',
    pickle(text('builtins'), text('eval'), 0x93, tuple(text('1')), 'R'),
    /the name "builtins\.eval"/,
  ],
  ['makes an object by INST', pickle('(', text('x'), 'ios\nsystem\n'), /the opcode 0x69, which no state dict has/],
  ['makes an object by NEWOBJ', pickle(orderedDict, ')', 0x81), /the opcode 0x81/],
  ['calls an extension', pickle(0x82, 1), /the opcode 0x82/],
  ['calls a text', pickle(text('x'), ')R'), /a call of what is no name/],
  ['calls with what is no tuple', pickle(orderedDict, 'NR'), /a call of what is no name/],
  ['calls with thousands of arguments', pickle(orderedDict, '(', 'N'.repeat(5000), 'tR'), /a call with 5000 arguments/],
  [
    'calls OrderedDict with items',
    pickle(orderedDict, tuple(text('x')), 'R'),
    /calls collections\.OrderedDict with 1 arguments/,
  ],
  ['calls a storage', pickle(name('torch', 'FloatStorage'), ')R'), /calls torch\.FloatStorage with 0 arguments/],
  ['sets attributes of a name', pickle(orderedDict, '}b'), /attributes for what is no dict/],
  ['sets items of a name', pickle(orderedDict, 'NNs'), /keys and values for what is no dict/],
  ['steps backwards', pickle('B', 0xfb, 0xff, 0xff, 0xff), /the opcode 0x42/],
  [
    'announces a text of 4 GiB',
    pickle('X', 0xff, 0xff, 0xff, 0xff),
    /needs 4294967295 bytes at byte 7, where 1 are left/,
  ],
  ['has a line without an end', pickle('ctorch'), /a line without an end/],
  ['takes from an empty stack', pickle('a'), /takes from an empty stack/],
  ['takes from below a mark', pickle('N(', 'a'), /takes from an empty stack/],
  ['lacks a mark', pickle('t'), /lacks its mark/],
  ['refers to what is not there', pickle('h', 9), /a reference to the value 9, which is not there/],
  ['has an odd number of items', pickle('}(Nu'), /keys and values for what is no dict/],
  ['is cut', smallStateDict().subarray(0, 300), /needs \d+ bytes at byte \d+, where \d+ are left/],
  ['ends at once', bytesOf(0x80, 2), /needs 1 bytes at byte 2, where 0 are left/],
  ['holds a list', pickle(']'), /the pickle holds no dict, expected a state dict/],
  ['contains itself', pickle('}q', 0, text('a'), 'h', 0, 's'), /"a" in the dict is no tensor/],
  ['has a number as key', pickle('}', integer(1), 'Ns'), /a key of the dict is a number, expected a text/],
  ['has a name of megabytes', pickle('}', text(LARGE), 'Ns'), /^.{0,200} in the dict is no tensor/],
  ['refers to a name of megabytes', pickle(name('os', LARGE)), /^.{0,200}, which no state dict needs/],
  ['has a tensor twice', pickle(dict([entry('module.a'), entry('a')])), /tensor "a" is there twice/],
  [
    'has a storage of no type',
    pickle(tuple(text('storage'), 'N', text('0'), text('cpu'), integer(1)), 'Q'),
    /no storage of floating-point/,
  ],
  ['has a storage of integers', withTensor({ storageType: 'LongStorage' }), /the name "torch\.LongStorage"/],
  [
    'has a dict as storage',
    pickle(tuple(text('storage'), orderedDict, text('0'), text('cpu'), integer(1)), 'Q'),
    /no storage of floating/,
  ],
  ['has a storage of a negative length', withTensor({ values: -1 }), /no storage of floating-point/],
  ['has a tensor with a negative size', withTensor({ shape: [-2] }), /describes a tensor wrongly/],
  [
    'has a tensor of ten dimensions',
    withTensor({ shape: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1] }),
    /describes a tensor wrongly/,
  ],
  [
    'has a tensor in steps of 0',
    withTensor({ shape: [2, 2], strides: [0, 0] }),
    /lies in steps of 0, 0, expected row by row/,
  ],
  ['lasts megabytes', pickle('N0'.repeat(1_000_000)), /the opcode 0x30/],
  [
    'grows for megabytes',
    pickle('}'.repeat(3_000_000)),
    /needs 1 bytes at byte 1048576, where 0 are left of the file or of 1048576/,
  ],
];
for (const [what, content, message] of pickles) {
  test(`refuses a pickle that ${what}, in both formats`, () => {
    refuses(zip({ 'net/data.pkl': content }), message);
    // Positions in the pickle are not those in the file.
    refuses(legacy(content, pickle(']')), message.source.includes('at byte') ? /needs \d+ bytes at byte/ : message);
  });
}

const files: [string, Uint8Array, RegExp][] = [
  ['nothing', new Uint8Array(0), /it starts with the bytes none, expected 504b0304 \(zip\) or 80 \(pickle\)/],
  ['a text', Buffer.from('once upon a time'), /it starts with the bytes 6f6e6365/],
  ['half an archive', smallZip().subarray(0, 3000), /it is a damaged zip archive: invalid zip data/],
  ['an archive of something else', zip({ 'a.txt': bytesOf('abc') }), /the archive has no entry data\.pkl/],
  [
    'compressed entries',
    zip({ 'net/data.pkl': new Uint8Array(50_000_000) }, 9),
    /entry "net\/data\.pkl" is compressed/,
  ],
  ['two folders', zip({ 'a/data.pkl': pickle('}'), 'b/data.pkl': pickle('}') }), /entry "b\/data\.pkl" is there twice/],
  ['big-endian numbers', smallZip({ 'net/byteorder': bytesOf('big') }), /its numbers are not little-endian/],
  [
    'a storage that is not there',
    zip({ 'net/data.pkl': smallStateDict() }),
    /the archive has no entry for storage "0"/,
  ],
  [
    'a storage that is too short',
    smallZip({ 'net/data/0': new Uint8Array(8) }),
    /storage "0" of tensor conv1_1\.weight has 8 bytes, expected 216/,
  ],
  [
    'entries that share bytes',
    sharedEntries(),
    /entry "net\/data\/\d+" ends after \d+ bytes of entries, in a file of \d+/,
  ],
  ['an entry of 4 GB', declared(0xfffffff0), /entry "net\/data\.pkl" ends after 4294967280 bytes of entries/],
  ['more entries than a model has', zip(manyEntries()), /the archive has more than 10000 entries/],
  ['a pickle of something else', pickle('}'), /it is a pickle, but not one that torch\.save writes/],
  ['half of the older format', smallLegacy().subarray(0, 3000), /storage "0" ends at byte 3215, but the file has 3000/],
  ['a storage of nothing', legacy(pickle('}'), pickle(']', text('7'), 'a')), /storage "7" belongs to no tensor/],
  ['no list of storages', legacy(pickle('}'), pickle('N')), /its fifth pickle is no list of storage keys/],
  [
    'a storage of another length',
    legacy(withTensor({ values: 2 }), pickle(']', text('0'), 'a'), new Uint8Array(100).fill(9)),
    /storage "0" has 651061555542690057 values at byte \d+, expected 2/,
  ],
];
for (const [what, content, message] of files) {
  test(`refuses ${what}`, () => refuses(content, message));
}

for (const [what, changes, message] of [
  ['takes more than its storage has', { offset: 2 }, 'takes the values 2 to 4 of storage "0", which has 2'],
  [
    'takes more than can be counted',
    { shape: [1, 2 ** 30, 2 ** 30] },
    'takes the values 0 to 1152921504606847000 of storage "0", which has 2',
  ],
] as const) {
  test(`refuses a tensor that ${what}`, () =>
    assert.throws(() => readRelu(changes), { message: `x.pth: tensor relu1_1.weight ${message}` }));
}

test('a storage is looked up in the archive only', () => {
  assert.throws(() => readRelu({ key: '../../etc/passwd' }), {
    message: 'x.pth: the archive has no entry for storage "../../etc/passwd"',
  });
});

/** The values of a tensor in an archive whose storage 0 has two. */
function readRelu(changes: Partial<StoredTensor>): Float32Array | undefined {
  const content = zip({ 'net/data.pkl': withTensor(changes), 'net/data/0': new Uint8Array(8) });
  return readTorchWeights(content, 'x.pth').tensors.get('relu1_1.weight')?.read();
}

function refuses(content: Uint8Array, message: RegExp): void {
  assert.throws(
    () => smallWeightsOf(readTorchWeights(content, 'x.pth')),
    (error) => {
      assert.ok(error instanceof LoadGenError, String(error));
      assert.match(error.message, message);
      return true;
    },
  );
}

function entry(own: string, changes: Partial<StoredTensor> = {}) {
  return [text(own), tensor({ shape: [2], key: '0', values: 2, ...changes })] as const;
}

function withTensor(changes: Partial<StoredTensor>): Uint8Array {
  return pickle(dict([entry('relu1_1.weight', changes)]));
}

function smallZip(changes: Record<string, Uint8Array> = {}): Uint8Array {
  return zip({ 'net/data.pkl': smallStateDict(), ...smallStorages(), ...changes });
}

/** Every header in the directory says that its entry is as long as half of the file. */
function sharedEntries(): Uint8Array {
  const content = smallZip();
  return withSizes(content, Math.floor(content.length / 2));
}

function declared(bytes: number): Uint8Array {
  return withSizes(zip({ 'net/data.pkl': pickle('}') }), bytes);
}

/** The sizes in all headers of the archive's directory are `bytes`. */
function withSizes(content: Uint8Array, bytes: number): Uint8Array {
  const changed = Buffer.from(content);
  for (let at = changed.indexOf('PK\x01\x02'); at >= 0; at = changed.indexOf('PK\x01\x02', at + 1)) {
    changed.writeUInt32LE(bytes, at + 20);
    changed.writeUInt32LE(bytes, at + 24);
  }
  return changed;
}

function manyEntries(): Record<string, Uint8Array> {
  return Object.fromEntries(Array.from({ length: 10_001 }, (_, i) => [`net/other/${i}`, new Uint8Array(0)]));
}
