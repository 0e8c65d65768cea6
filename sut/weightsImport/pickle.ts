import { importError, quoted } from './sourceWeights.js';

/** A name that a pickle refers to (`collections.OrderedDict`). It stands for itself: nothing is looked up or run. */
export class PickleGlobal {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

/** What a pickle may refer to. Each answers with a plain value. */
export interface PickleResolver {
  /** The names that may occur. */
  readonly names: ReadonlySet<string>;
  /** What the call of a name stands for. */
  call(name: string, args: readonly unknown[]): unknown;
  /** What an object that is kept elsewhere stands for. */
  persistent(id: unknown): unknown;
}

/** A state dict of 62 tensors takes 10 KB. Bounds what can be built, some 200 bytes for each byte at worst. */
const MAX_PICKLE_BYTES = 1 << 20;

/**
 * Reads the pickle that starts at `start`: the opcodes of protocol 2 and some later ones, as far as a state dict needs
 * them. Tuples and lists become arrays, dicts become Maps, long integers bigints. Each opcode takes a bounded time and
 * nothing of the file is run. Returns the value, and where the next byte is.
 *
 * @throws MODEL_IMPORT if the pickle is damaged or holds anything that no state dict has
 */
export function readPickle(
  content: Uint8Array,
  start: number,
  file: string,
  resolver: PickleResolver,
): { value: unknown; end: number } {
  const machine = new PickleMachine(content.subarray(start, start + MAX_PICKLE_BYTES), start, file, resolver);
  return { value: machine.run(), end: start + machine.position };
}

class PickleMachine {
  position = 0;
  readonly resolver: PickleResolver;
  readonly memo = new Map<number, unknown>();
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #start: number;
  readonly #file: string;
  readonly #stack: unknown[] = [];
  readonly #marks: number[] = [];

  constructor(bytes: Uint8Array, start: number, file: string, resolver: PickleResolver) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#start = start;
    this.#file = file;
    this.resolver = resolver;
  }

  run(): unknown {
    for (;;) {
      const opcode = this.number(1);
      if (opcode === STOP) return this.pop();
      const handler = HANDLERS.get(opcode);
      if (handler === undefined) this.fail(`the opcode 0x${opcode.toString(16)}, which no state dict has`);
      handler(this);
    }
  }

  push(value: unknown): void {
    this.#stack.push(value);
  }

  pop(): unknown {
    if (this.#stack.length <= (this.#marks.at(-1) ?? 0)) this.fail('an opcode that takes from an empty stack');
    return this.#stack.pop();
  }

  top(): unknown {
    const value = this.pop();
    this.push(value);
    return value;
  }

  mark(): void {
    this.#marks.push(this.#stack.length);
  }

  popToMark(): unknown[] {
    const mark = this.#marks.pop();
    if (mark === undefined) this.fail('an opcode that lacks its mark');
    return this.#stack.splice(mark);
  }

  /** The unsigned number in the next 1, 2 or 4 bytes. */
  number(bytes: 1 | 2 | 4): number {
    const at = this.#advance(bytes);
    if (bytes === 1) return this.#view.getUint8(at);
    return bytes === 2 ? this.#view.getUint16(at, true) : this.#view.getUint32(at, true);
  }

  float64(): number {
    return this.#view.getFloat64(this.#advance(8), false);
  }

  bytes(length: number): Uint8Array {
    const at = this.#advance(length);
    return this.#bytes.subarray(at, at + length);
  }

  text(length: number): string {
    return DECODER.decode(this.bytes(length));
  }

  line(): string {
    const end = this.#bytes.indexOf(0x0a, this.position);
    if (end < 0) this.fail('a line without an end');
    const text = this.text(end - this.position);
    this.position = end + 1;
    return text;
  }

  global(module: string, name: string): void {
    const full = `${module}.${name}`;
    if (!this.resolver.names.has(full)) this.fail(`the name ${quoted(full)}, which no state dict needs`, NOT_RUN);
    this.push(new PickleGlobal(full));
  }

  fail(found: string, hint?: string): never {
    throw importError(
      this.#file,
      `the pickle has, before byte ${this.#start + this.position}, ${found}; expected a state dict`,
      hint,
    );
  }

  #advance(bytes: number): number {
    const at = this.position;
    if (at + bytes > this.#bytes.length) {
      throw importError(
        this.#file,
        `the pickle needs ${bytes} bytes at byte ${this.#start + at}, where ${this.#bytes.length - at} are left of the file or of ${MAX_PICKLE_BYTES}`,
      );
    }
    this.position = at + bytes;
    return at;
  }
}

const NOT_RUN =
  'Nothing of the file was run. Save the state dict alone: torch.save(network.state_dict(), "weights.pth").';
const STOP = 0x2e;
const DECODER = new TextDecoder();
/** Checked before a resolver sees them, so that a call takes a bounded time. */
const MAX_ARGUMENTS = 16;

/** By opcode; their names in Python's pickletools stand behind. */
const HANDLERS: ReadonlyMap<number, (machine: PickleMachine) => void> = new Map([
  [0x80, (m) => void m.number(1)], // PROTO
  [0x95, (m) => void m.bytes(8)], // FRAME
  [0x28, (m) => m.mark()], // MARK
  [0x4e, (m) => m.push(null)], // NONE
  [0x88, (m) => m.push(true)], // NEWTRUE
  [0x89, (m) => m.push(false)], // NEWFALSE
  [0x4a, (m) => m.push(m.number(4) | 0)], // BININT
  [0x4b, (m) => m.push(m.number(1))], // BININT1
  [0x4d, (m) => m.push(m.number(2))], // BININT2
  [0x8a, (m) => m.push(longInteger(m.bytes(m.number(1))))], // LONG1
  [0x47, (m) => m.push(m.float64())], // BINFLOAT
  [0x58, (m) => m.push(m.text(m.number(4)))], // BINUNICODE
  [0x8c, (m) => m.push(m.text(m.number(1)))], // SHORT_BINUNICODE
  [0x54, (m) => m.push(m.text(m.number(4)))], // BINSTRING
  [0x55, (m) => m.push(m.text(m.number(1)))], // SHORT_BINSTRING
  [0x29, (m) => m.push([])], // EMPTY_TUPLE
  [0x74, (m) => m.push(m.popToMark())], // TUPLE
  [0x85, (m) => m.push([m.pop()])], // TUPLE1
  [0x86, (m) => m.push([m.pop(), m.pop()].reverse())], // TUPLE2
  [0x87, (m) => m.push([m.pop(), m.pop(), m.pop()].reverse())], // TUPLE3
  [0x5d, (m) => m.push([])], // EMPTY_LIST
  [0x61, (m) => append(m, [m.pop()])], // APPEND
  [0x65, (m) => append(m, m.popToMark())], // APPENDS
  [0x7d, (m) => m.push(new Map())], // EMPTY_DICT
  [0x73, (m) => setItems(m, [m.pop(), m.pop()].reverse())], // SETITEM
  [0x75, (m) => setItems(m, m.popToMark())], // SETITEMS
  [0x71, (m) => void m.memo.set(m.number(1), m.top())], // BINPUT
  [0x72, (m) => void m.memo.set(m.number(4), m.top())], // LONG_BINPUT
  [0x94, (m) => void m.memo.set(m.memo.size, m.top())], // MEMOIZE
  [0x68, (m) => recall(m, m.number(1))], // BINGET
  [0x6a, (m) => recall(m, m.number(4))], // LONG_BINGET
  [0x63, (m) => m.global(m.line(), m.line())], // GLOBAL
  [0x93, stackGlobal], // STACK_GLOBAL
  [0x51, (m) => m.push(m.resolver.persistent(m.pop()))], // BINPERSID
  [0x52, reduce], // REDUCE
  [0x62, build], // BUILD
]);

/** Two's complement, little-endian, up to 255 bytes. */
function longInteger(bytes: Uint8Array): bigint {
  let value = 0n;
  for (const byte of bytes.toReversed()) value = (value << 8n) | BigInt(byte);
  return BigInt.asIntN(8 * bytes.length, value);
}

function append(machine: PickleMachine, items: readonly unknown[]): void {
  const list = machine.top();
  if (!Array.isArray(list)) machine.fail('items for what is no list');
  for (const item of items) list.push(item);
}

function setItems(machine: PickleMachine, items: readonly unknown[]): void {
  const dict = machine.top();
  if (!(dict instanceof Map) || items.length % 2 !== 0) machine.fail('keys and values for what is no dict');
  for (let i = 0; i < items.length; i += 2) dict.set(items[i], items[i + 1]);
}

function recall(machine: PickleMachine, index: number): void {
  if (!machine.memo.has(index)) machine.fail(`a reference to the value ${index}, which is not there`);
  machine.push(machine.memo.get(index));
}

function stackGlobal(machine: PickleMachine): void {
  const name = machine.pop();
  const module = machine.pop();
  if (typeof name !== 'string' || typeof module !== 'string') machine.fail('a name that is no text');
  machine.global(module, name);
}

function reduce(machine: PickleMachine): void {
  const args = machine.pop();
  const called = machine.pop();
  if (!(called instanceof PickleGlobal) || !Array.isArray(args)) machine.fail('a call of what is no name');
  if (args.length > MAX_ARGUMENTS) machine.fail(`a call with ${args.length} arguments`);
  machine.push(machine.resolver.call(called.name, args));
}

/** PyTorch gives a state dict attributes, its modules' versions, which we have no use for. */
function build(machine: PickleMachine): void {
  machine.pop();
  if (!(machine.top() instanceof Map)) machine.fail('attributes for what is no dict');
}
