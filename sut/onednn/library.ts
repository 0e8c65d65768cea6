import type { LibraryHandle } from 'koffi';
import { LoadGenError, messageOf } from '../../base/errors.js';
import { keepLoaded } from '../nativeLibrary.js';
import { importOptional } from '../optionalPackage.js';

/** How the arguments of oneDNN's functions are written here, and what each is in C. */
interface ArgumentTypes {
  /** A pointer to an object of the library. */
  handle: bigint;
  none: null;
  /** Where the library writes a pointer. */
  handleOut: BigUint64Array;
  /** A structure or data; the library gets the address, so what it keeps has to be kept alive here. */
  bytes: ArrayBufferView;
  dimensions: readonly number[];
  int: number;
  size: number;
  float: number;
}

const C_TYPES: Readonly<Record<keyof ArgumentTypes, string>> = {
  handle: 'void *',
  none: 'void *',
  handleOut: 'void *',
  bytes: 'void *',
  dimensions: 'const int64_t *',
  int: 'int',
  size: 'size_t',
  float: 'float',
};

/** The functions that return a status, as in `dnnl.h` of oneDNN 2. */
const SIGNATURES = {
  dnnl_engine_create: ['handleOut', 'int', 'size'],
  dnnl_engine_destroy: ['handle'],
  dnnl_stream_create: ['handleOut', 'handle', 'int'],
  dnnl_stream_destroy: ['handle'],
  dnnl_stream_wait: ['handle'],
  dnnl_memory_desc_init_by_tag: ['bytes', 'int', 'dimensions', 'int', 'int'],
  dnnl_memory_create: ['handleOut', 'bytes', 'handle', 'handle'],
  dnnl_memory_get_data_handle: ['handle', 'handleOut'],
  dnnl_memory_set_data_handle: ['handle', 'bytes'],
  dnnl_memory_destroy: ['handle'],
  dnnl_convolution_forward_desc_init: [
    'bytes',
    'int',
    'int',
    'bytes',
    'bytes',
    'bytes',
    'bytes',
    'dimensions',
    'dimensions',
    'dimensions',
  ],
  dnnl_inner_product_forward_desc_init: ['bytes', 'int', 'bytes', 'bytes', 'bytes', 'bytes'],
  dnnl_binary_desc_init: ['bytes', 'int', 'bytes', 'bytes', 'bytes'],
  dnnl_post_ops_create: ['handleOut'],
  dnnl_post_ops_append_binary: ['handle', 'int', 'bytes'],
  dnnl_post_ops_append_eltwise: ['handle', 'float', 'int', 'float', 'float'],
  dnnl_post_ops_destroy: ['handle'],
  dnnl_primitive_attr_create: ['handleOut'],
  dnnl_primitive_attr_set_output_scales: ['handle', 'size', 'int', 'bytes'],
  dnnl_primitive_attr_set_post_ops: ['handle', 'handle'],
  dnnl_primitive_attr_destroy: ['handle'],
  dnnl_primitive_desc_create: ['handleOut', 'bytes', 'handle', 'handle', 'none'],
  dnnl_primitive_desc_query: ['handle', 'int', 'int', 'handleOut'],
  dnnl_primitive_desc_destroy: ['handle'],
  dnnl_reorder_primitive_desc_create: ['handleOut', 'bytes', 'handle', 'bytes', 'handle', 'handle'],
  dnnl_primitive_create: ['handleOut', 'handle'],
  dnnl_primitive_execute: ['handle', 'handle', 'int', 'bytes'],
  dnnl_primitive_destroy: ['handle'],
} as const satisfies Readonly<Record<string, readonly (keyof ArgumentTypes)[]>>;

type FunctionName = keyof typeof SIGNATURES;
type Arguments<Kinds extends readonly (keyof ArgumentTypes)[]> = {
  -readonly [Index in keyof Kinds]: ArgumentTypes[Kinds[Index]];
};

/** oneDNN's C functions by their names; those that fail throw `ONEDNN`. */
export type OneDnnFunctions = {
  readonly [Name in FunctionName]: (...values: Arguments<(typeof SIGNATURES)[Name]>) => void;
};

export interface OneDnnLibrary {
  /** "2.6.3" */
  readonly version: string;
  /** "AVX-512 BF16" */
  readonly instructionSet: string;
  readonly functions: OneDnnFunctions;
  /** How many threads compute what the calling thread creates and executes. */
  setThreads(count: number): void;
  /** A copy of what lies at an address. */
  read(address: bigint, bytes: number): Uint8Array<ArrayBuffer>;
  readText(address: bigint): string;
}

const SUPPORTED_MAJOR = 2;
/** The library of oneDNN 3 is looked for to say that it is the wrong one: its functions have other arguments. */
const LIBRARY_NAMES = ['libdnnl.so.2', 'libdnnl.so.3'];
const HINT = 'Install oneDNN 2: on Debian 12 or Ubuntu 22.04 "apt-get install libdnnl2".';

/** `dnnl_status_t` */
const STATUS_NAMES = [
  'success',
  'out of memory',
  'invalid arguments',
  'unimplemented',
  'iterator ends',
  'runtime error',
  'not required',
];
/** The status of a function that cannot do what it is asked for, with right arguments. */
export const UNIMPLEMENTED = 3;

/** `dnnl_cpu_isa_t` */
const INSTRUCTION_SETS: Readonly<Record<number, string>> = {
  1: 'SSE4.1',
  3: 'AVX',
  7: 'AVX2',
  1031: 'AVX2 VNNI',
  39: 'AVX-512',
  103: 'AVX-512 VNNI',
  231: 'AVX-512 BF16',
  999: 'AMX',
};

const OPEN_MP = 'libgomp.so.1';

/**
 * oneDNN as shared library, called without a copy of data.
 *
 * @throws SUT_NOT_INSTALLED if koffi, oneDNN or GNU OpenMP, which Linux distributions build oneDNN with, does not load
 * @throws SUT_NOT_INSTALLED if oneDNN is not of version 2
 */
export async function loadOneDnn(names: readonly string[] = LIBRARY_NAMES): Promise<OneDnnLibrary> {
  const { default: koffi } = await importOptional('koffi', 'onednn', () => import('koffi'));
  const library = loadFirst(koffi.load, names);
  const versionAddress: bigint = library.func('dnnl_version', 'void *', [])();
  const version = checkedVersion(new Int32Array(koffi.view(versionAddress, 12)));
  const openMp = loadFirst(koffi.load, [OPEN_MP]);
  keepLoaded(koffi.load, OPEN_MP);
  const instructionSet: number = library.func('dnnl_get_effective_cpu_isa', 'int', [])();
  return {
    version,
    instructionSet: INSTRUCTION_SETS[instructionSet] ?? `instruction set 0x${instructionSet.toString(16)}`,
    functions: bindFunctions(library),
    setThreads: openMp.func('omp_set_num_threads', 'void', ['int']),
    read: (address, bytes) => new Uint8Array(koffi.view(address, bytes)).slice(),
    readText: (address) => koffi.decode.string(address),
  };
}

/**
 * "2.6.3" from major, minor and patch.
 *
 * @throws SUT_NOT_INSTALLED if this engine cannot call that version
 */
export function checkedVersion(numbers: ArrayLike<number>): string {
  const version = Array.from(numbers).join('.');
  if (numbers[0] === SUPPORTED_MAJOR) return version;
  throw unusable(`found oneDNN ${version}, expected version ${SUPPORTED_MAJOR}, whose functions this engine calls`);
}

function loadFirst(load: (name: string) => LibraryHandle, names: readonly string[]): LibraryHandle {
  const failures: string[] = [];
  for (const name of names) {
    try {
      return load(name);
    } catch (thrown) {
      failures.push(`${name}: ${messageOf(thrown)}`);
    }
  }
  throw unusable(`a library cannot be loaded (${failures.join('; ')})`);
}

function bindFunctions(library: LibraryHandle): OneDnnFunctions {
  const bound = Object.entries(SIGNATURES).map(([name, argumentKinds]) => {
    const argumentTypes = argumentKinds.map((kind) => C_TYPES[kind]);
    return [name, checked(name, library.func(name, 'int', argumentTypes))];
  });
  // One entry for each signature, with its arguments.
  return Object.fromEntries(bound) as OneDnnFunctions;
}

function checked(name: string, call: (...values: unknown[]) => number): (...values: unknown[]) => void {
  return (...values) => {
    const status = call(...values);
    if (status !== 0) throw new OneDnnError(name, status);
  };
}

export class OneDnnError extends LoadGenError {
  readonly status: number;

  constructor(functionName: string, status: number) {
    super('ONEDNN', `${functionName} failed with status ${status} (${STATUS_NAMES[status] ?? 'unknown'})`);
    this.status = status;
  }
}

function unusable(message: string): LoadGenError {
  return new LoadGenError('SUT_NOT_INSTALLED', message, { hint: HINT });
}
