import { elementAt } from '../../base/arrays.js';
import { LoadGenError } from '../../base/errors.js';
import { type Attributes, withAttributes } from './attributes.js';
import { OneDnnError, UNIMPLEMENTED } from './library.js';
import { type OneDnnSession, withObject } from './session.js';
import { type Descriptor, type Tensor, withChosenFormat } from './tensor.js';

/** A computation on given tensors. */
export interface Step {
  /** "conv2_1": what is computed. */
  readonly name: string;
  /** "brgconv:avx512_core": what the library chose to compute it with. */
  readonly implementation: string;
  /** For one of the images that are computed at a time. */
  execute(image: number): void;
}

export interface Primitive {
  readonly handle: bigint;
  readonly implementation: string;
  /** `weights` in the format that the library chose for them. */
  chosenWeights(weights: Descriptor): Descriptor;
}

/** The code of the error for what the library cannot compute, or not fast. */
export const UNSUPPORTED = 'ONEDNN_UNSUPPORTED';

/** `DNNL_ARG_...`: what a tensor is to a primitive. */
export const ARGUMENT = {
  source: 1,
  secondSource: 2,
  destination: 17,
  weights: 33,
  bias: 41,
  /** The tensor of the post-operation at `index`. */
  ofPostOperation: (index: number) => (16384 * (index + 1)) | 2,
} as const;

/** `dnnl_query_t` */
const QUERY = { implementation: 8, weights: 131 } as const;

/**
 * Creates what an operation descriptor describes, with the first implementation of the library that can do it. Throws
 * `ONEDNN_UNSUPPORTED` where none can on this processor, or only reference code.
 */
export function createPrimitive(
  session: OneDnnSession,
  name: string,
  operation: Uint8Array,
  attributes: Attributes,
): Primitive {
  const { functions, library } = session;
  const descriptor = createDescriptor(session, name, operation, attributes);
  const implementation = library.readText(query(session, descriptor, QUERY.implementation));
  if (implementation.startsWith('ref')) throw unsupported(session, name, `only reference code (${implementation})`);
  return {
    handle: session.own(functions.dnnl_primitive_destroy, functions.dnnl_primitive_create, descriptor),
    implementation,
    chosenWeights: (weights) => withChosenFormat(session, weights, query(session, descriptor, QUERY.weights)),
  };
}

/** A primitive with its tensors, to be executed many times. */
export function createStep(
  { functions, stream }: OneDnnSession,
  name: string,
  { handle, implementation }: Pick<Primitive, 'handle' | 'implementation'>,
  tensors: readonly (readonly [argument: number, tensor: Tensor])[],
): Step {
  const images = Math.max(...tensors.map(([, { memories }]) => memories.length));
  const argumentsOfImages = Array.from({ length: images }, (_, image) =>
    // dnnl_exec_arg_t: an int, padded to the size of the pointer after it.
    BigUint64Array.from(
      tensors.flatMap(([argument, { memories }]) => [
        BigInt(argument),
        elementAt(memories, memories.length === 1 ? 0 : image),
      ]),
    ),
  );
  return {
    name,
    implementation,
    execute: (image) =>
      functions.dnnl_primitive_execute(handle, stream, tensors.length, elementAt(argumentsOfImages, image)),
  };
}

/** Copies values into another format or type; `attributes` may scale them. */
export function createReorder(session: OneDnnSession, from: Tensor, to: Tensor, attributes: Attributes = {}): Step {
  const { functions, engine } = session;
  const handle = withAttributes(functions, attributes, (attributeHandle) =>
    withObject(
      functions.dnnl_primitive_desc_destroy,
      (descriptor) => session.own(functions.dnnl_primitive_destroy, functions.dnnl_primitive_create, descriptor),
      functions.dnnl_reorder_primitive_desc_create,
      from.bytes,
      engine,
      to.bytes,
      engine,
      attributeHandle,
    ),
  );
  return createStep(session, 'reorder', { handle, implementation: 'reorder' }, [
    [ARGUMENT.source, from],
    [ARGUMENT.destination, to],
  ]);
}

function createDescriptor(session: OneDnnSession, name: string, operation: Uint8Array, attributes: Attributes): bigint {
  const { functions, engine } = session;
  try {
    return withAttributes(functions, attributes, (attributeHandle) =>
      session.own(
        functions.dnnl_primitive_desc_destroy,
        functions.dnnl_primitive_desc_create,
        operation,
        attributeHandle,
        engine,
        null,
      ),
    );
  } catch (thrown) {
    if (!(thrown instanceof OneDnnError) || thrown.status !== UNIMPLEMENTED) throw thrown;
    throw unsupported(session, name, 'nothing', thrown);
  }
}

function unsupported({ library }: OneDnnSession, name: string, found: string, cause?: unknown): LoadGenError {
  const { version, instructionSet } = library;
  return new LoadGenError(
    UNSUPPORTED,
    `oneDNN ${version} has ${found} for ${name} in this precision on this processor (${instructionSet})`,
    {
      hint: 'Reference code is some hundred times slower than what is expected. Run in another precision: fp32.',
      cause,
    },
  );
}

function query({ functions }: OneDnnSession, descriptor: bigint, what: number): bigint {
  const result = new BigUint64Array(1);
  functions.dnnl_primitive_desc_query(descriptor, what, 0, result);
  const [address = 0n] = result;
  return address;
}
