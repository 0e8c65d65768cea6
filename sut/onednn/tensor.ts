import { elementAt } from '../../base/arrays.js';
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
  /** `dnnl_memory_t`: one that all images share, or one for each image that is computed at a time. */
  readonly memories: readonly bigint[];
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

/** Memory for one tensor of all images, or for one of each. */
export function allocate(session: OneDnnSession, descriptor: Descriptor, images = 1): Tensor {
  return createTensor(session, descriptor, LIBRARY_ALLOCATES, images);
}

/** A tensor for each image without memory; `place` gives it some before it is used. */
export function unplaced(session: OneDnnSession, descriptor: Descriptor, images: number): Tensor {
  return createTensor(session, descriptor, NO_DATA, images);
}

/** The caller keeps `data` alive as long as the tensor is used, or until it is placed elsewhere. */
export function place({ functions }: OneDnnSession, { memories }: Tensor, image: number, data: ArrayBufferView): void {
  functions.dnnl_memory_set_data_handle(elementAt(memories, image), data);
}

/** A tensor over `data`, which is not copied. */
export function wrap(session: OneDnnSession, descriptor: Descriptor, data: ArrayBufferView): Tensor {
  const tensor = unplaced(session, descriptor, 1);
  place(session, tensor, 0, data);
  session.keepAlive(data);
  return tensor;
}

/** A tensor in the memory of another one, which is at least as large. */
export function overlay(session: OneDnnSession, descriptor: Descriptor, { memories }: Tensor): Tensor {
  const address = new BigUint64Array(1);
  session.functions.dnnl_memory_get_data_handle(elementAt(memories, 0), address);
  return createTensor(session, descriptor, elementAt(address, 0), 1);
}

function createTensor(session: OneDnnSession, descriptor: Descriptor, data: bigint, images: number): Tensor {
  const { functions, engine } = session;
  const memories = Array.from({ length: images }, () =>
    session.own(functions.dnnl_memory_destroy, functions.dnnl_memory_create, descriptor.bytes, engine, data),
  );
  return { ...descriptor, memories };
}
