import type { Precision } from '../engine.js';
import type { OneDnnSession } from './session.js';

/** How values lie in memory. */
export interface Descriptor {
  /** `dnnl_memory_desc_t`, never looked into. */
  readonly bytes: Uint8Array;
  /** Of images N, C, H, W, in whatever order the values lie. */
  readonly dimensions: readonly number[];
  readonly type: Precision;
  readonly format: Format;
}

export interface Tensor extends Descriptor {
  /** `dnnl_memory_t` */
  readonly memory: bigint;
}

/** `dnnl_format_tag_t` */
const FORMATS = {
  /** Whatever the primitive likes best. */
  any: 1,
  vector: 2,
  rows: 3,
  channelsFirst: 5,
  channelsLast: 20,
  /** 16 channels of a pixel, then those of the next one. */
  channelBlocks: 69,
} as const;
export type Format = keyof typeof FORMATS;

/** `sizeof(dnnl_memory_desc_t)` of oneDNN 2, part of its binary interface. */
const DESCRIPTOR_BYTES = 696;
/** `dnnl_data_type_t` */
const DATA_TYPES: Readonly<Record<Precision, number>> = { fp32: 3, bf16: 2, int8: 5 };
/** What oneDNN takes instead of an address. */
const NO_DATA = 0n;
const LIBRARY_ALLOCATES = 2n ** 64n - 1n;

export function describe(
  { functions }: OneDnnSession,
  dimensions: readonly number[],
  type: Precision,
  format: Format,
): Descriptor {
  const bytes = new Uint8Array(DESCRIPTOR_BYTES);
  functions.dnnl_memory_desc_init_by_tag(bytes, dimensions.length, dimensions, DATA_TYPES[type], FORMATS[format]);
  return { bytes, dimensions, type, format };
}

/** `descriptor` with the format that the library chose for it. */
export function withChosenFormat({ library }: OneDnnSession, descriptor: Descriptor, address: bigint): Descriptor {
  return { ...descriptor, bytes: library.read(address, DESCRIPTOR_BYTES) };
}

export function allocate(session: OneDnnSession, descriptor: Descriptor): Tensor {
  return createTensor(session, descriptor, LIBRARY_ALLOCATES);
}

/** A tensor without memory; `place` gives it some before it is used. */
export function unplaced(session: OneDnnSession, descriptor: Descriptor): Tensor {
  return createTensor(session, descriptor, NO_DATA);
}

/** The caller keeps `data` alive as long as the tensor is used, or until it is placed elsewhere. */
export function place({ functions }: OneDnnSession, { memory }: Tensor, data: ArrayBufferView): void {
  functions.dnnl_memory_set_data_handle(memory, data);
}

/** A tensor over `data`, which is not copied. */
export function wrap(session: OneDnnSession, descriptor: Descriptor, data: ArrayBufferView): Tensor {
  const tensor = unplaced(session, descriptor);
  place(session, tensor, data);
  session.keepAlive(data);
  return tensor;
}

function createTensor(session: OneDnnSession, descriptor: Descriptor, data: bigint): Tensor {
  const { functions, engine } = session;
  const memory = session.own(
    functions.dnnl_memory_destroy,
    functions.dnnl_memory_create,
    descriptor.bytes,
    engine,
    data,
  );
  return { ...descriptor, memory };
}
