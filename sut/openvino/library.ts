import { basename } from 'node:path';
import type Koffi from 'koffi';
import type { LibraryHandle } from 'koffi';
import { elementAt } from '../../base/arrays.js';
import { LoadGenError, messageOf } from '../../base/errors.js';
import { printable } from '../../base/text.js';
import { keepLoaded } from '../nativeLibrary.js';
import { importOptional } from '../optionalPackage.js';
import { findOpenVinoLibraries } from './findLibrary.js';

/** An object of the library, by its address. */
export type Handle = bigint;

/** How the arguments of OpenVINO's functions are written here. */
interface ArgumentTypes {
  handle: Handle;
  none: null;
  /** Where the library writes an address, a number, or a structure of them. */
  out: BigUint64Array;
  /** Data; the library gets the address, so what it keeps has to be kept alive here. */
  bytes: ArrayBufferView;
  text: string;
  int: number;
  size: number;
  shape: { readonly rank: bigint; readonly dims: BigInt64Array };
  /** Each dimension as two numbers, its least and its greatest value. */
  partialShape: { readonly rank: { readonly min: bigint; readonly max: bigint }; readonly dims: BigInt64Array };
}
type ArgumentKind = keyof ArgumentTypes;

/** The functions that return a status, as in `openvino/c` of OpenVINO 2026. */
const SIGNATURES = {
  ov_get_openvino_version: ['out'],
  ov_core_create: ['out'],
  ov_core_get_available_devices: ['handle', 'out'],
  ov_core_get_property: ['handle', 'text', 'text', 'out'],
  ov_core_read_model_from_memory_buffer: ['handle', 'bytes', 'size', 'none', 'out'],
  ov_model_inputs_size: ['handle', 'out'],
  ov_model_outputs_size: ['handle', 'out'],
  ov_model_const_input_by_index: ['handle', 'size', 'out'],
  ov_model_const_output_by_index: ['handle', 'size', 'out'],
  ov_model_reshape_single_input: ['handle', 'partialShape'],
  ov_port_get_partial_shape: ['handle', 'out'],
  ov_port_get_element_type: ['handle', 'out'],
  ov_compiled_model_create_infer_request: ['handle', 'out'],
  ov_compiled_model_get_property: ['handle', 'text', 'out'],
  ov_tensor_create_from_host_ptr: ['int', 'shape', 'bytes', 'out'],
  ov_infer_request_set_input_tensor: ['handle', 'handle'],
  ov_infer_request_set_output_tensor: ['handle', 'handle'],
  ov_infer_request_infer: ['handle'],
} as const satisfies Readonly<Record<string, readonly ArgumentKind[]>>;

/** The functions that return nothing: they free an object, a structure of objects, or a text. */
const RELEASES = {
  ov_version_free: 'out',
  ov_core_free: 'handle',
  ov_available_devices_free: 'out',
  ov_model_free: 'handle',
  ov_output_const_port_free: 'handle',
  ov_partial_shape_free: 'out',
  ov_compiled_model_free: 'handle',
  ov_infer_request_free: 'handle',
  ov_tensor_free: 'handle',
  ov_free: 'handle',
} as const satisfies Readonly<Record<string, ArgumentKind>>;

type Arguments<Kinds extends readonly ArgumentKind[]> = {
  -readonly [Index in keyof Kinds]: ArgumentTypes[Kinds[Index]];
};

/** OpenVINO's C functions by their names; those that fail throw `OPENVINO`. */
export type OpenVinoFunctions = {
  readonly [Name in keyof typeof SIGNATURES]: (...values: Arguments<(typeof SIGNATURES)[Name]>) => void;
} & {
  readonly [Name in keyof typeof RELEASES]: (object: ArgumentTypes[(typeof RELEASES)[Name]]) => void;
} & {
  /** @param properties each a name and its value */
  ov_core_compile_model(core: Handle, model: Handle, device: string, properties: string[], out: BigUint64Array): void;
};

export interface OpenVinoLibrary {
  /** "2026.4.1" */
  readonly version: string;
  readonly functions: OpenVinoFunctions;
  /** What lies at an address: numbers of 64 bits. */
  read(address: Handle, count: number): bigint[];
  readText(address: Handle): string;
}

/** Element types have had other numbers before. */
const SUPPORTED_FROM = 2026;
const HINT =
  'Install OpenVINO 2026 or later for the active Python or that of --python: python3 -m pip install openvino.';

/**
 * OpenVINO as shared library, called without a copy of data.
 *
 * @param python as in `EngineOptions`
 * @throws SUT_NOT_INSTALLED if koffi or OpenVINO does not load, or OpenVINO is too old
 */
export async function loadOpenVino(python?: string, files = findOpenVinoLibraries(python)): Promise<OpenVinoLibrary> {
  const { default: koffi } = await importOptional('koffi', 'openvino', () => import('koffi'));
  const library = loadFirst(koffi.load, files);
  const functions = bindFunctions(koffi, library);
  const readText = (address: Handle): string => (address === 0n ? '' : koffi.decode.string(address));
  const version = new BigUint64Array(2);
  functions.ov_get_openvino_version(version);
  const build = readText(elementAt(version, 0));
  functions.ov_version_free(version);
  return {
    version: checkedVersion(build),
    functions,
    read: (address, count) => [...new BigUint64Array(koffi.view(address, count * BigUint64Array.BYTES_PER_ELEMENT))],
    readText,
  };
}

/**
 * "2026.4.1" from "2026.4.1-22982-e213a147257-releases/2026/4".
 *
 * @throws SUT_NOT_INSTALLED if this engine cannot call that version
 */
export function checkedVersion(build: string): string {
  const [version = ''] = build.split('-');
  if (Number.parseInt(version, 10) >= SUPPORTED_FROM) return version;
  throw unusable(`found OpenVINO ${printable(build, 80)}, expected ${SUPPORTED_FROM} or later`);
}

function loadFirst(load: (file: string | null) => LibraryHandle, files: readonly string[]): LibraryHandle {
  const failures: string[] = [];
  for (const file of files) {
    try {
      const library = load(file);
      keepLoaded(load, file);
      return library;
    } catch (thrown) {
      failures.push(`${basename(file)}: ${messageOf(thrown)}`);
    }
  }
  throw unusable(
    failures.length === 0 ? "OpenVINO's C library is not found" : `OpenVINO does not load: ${failures.join('; ')}`,
  );
}

function bindFunctions(koffi: typeof Koffi, library: LibraryHandle): OpenVinoFunctions {
  const range = koffi.struct({ min: 'int64_t', max: 'int64_t' });
  const types = {
    handle: 'void *',
    none: 'void *',
    out: 'void *',
    bytes: 'void *',
    text: 'str',
    int: 'int',
    size: 'size_t',
    shape: koffi.struct({ rank: 'int64_t', dims: 'void *' }),
    partialShape: koffi.struct({ rank: range, dims: 'void *' }),
  } satisfies Readonly<Record<ArgumentKind, unknown>>;
  const lastError = library.func('ov_get_last_err_msg', 'str', []);
  const checked =
    (name: string, call: (...values: unknown[]) => number) =>
    (...values: unknown[]): void => {
      const status = call(...values);
      if (status !== 0) throw new OpenVinoError(name, status, lastError());
    };
  const compile = checked(
    'ov_core_compile_model',
    library.func('ov_core_compile_model', 'int', [types.handle, types.handle, 'str', 'size_t', types.out, '...']),
  );
  const bound = [
    ...Object.entries(SIGNATURES).map(([name, kinds]) => {
      const argumentTypes = kinds.map((kind) => types[kind]);
      return [name, checked(name, library.func(name, 'int', argumentTypes))];
    }),
    ...Object.entries(RELEASES).map(([name, kind]) => [name, library.func(name, 'void', [types[kind]])]),
  ];
  return {
    // One entry for each signature, with its arguments.
    ...(Object.fromEntries(bound) as Omit<OpenVinoFunctions, 'ov_core_compile_model'>),
    ov_core_compile_model: (core, model, device, properties, out) =>
      compile(core, model, device, properties.length, out, ...properties.flatMap((text) => ['str', text])),
  };
}

export class OpenVinoError extends LoadGenError {
  constructor(functionName: string, status: number, message: string | null) {
    super('OPENVINO', `${functionName} failed with status ${status}: ${printable(message ?? '', 500)}`);
  }
}

function unusable(message: string): LoadGenError {
  return new LoadGenError('SUT_NOT_INSTALLED', message, { hint: HINT });
}
