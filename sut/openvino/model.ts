import { elementAt } from '../../base/arrays.js';
import type { TensorShape } from '../modelShapes.js';
import type { Handle } from './library.js';
import { created, type OpenVinoSession, withObject } from './session.js';

/** `ov_element_type_e` */
export const FLOAT32 = 4;

export interface ReadModel {
  readonly handle: Handle;
  readonly inputs: readonly TensorShape[];
  readonly outputs: readonly TensorShape[];
}

/**
 * Reads an ONNX file, which is copied.
 *
 * @throws OPENVINO if it is none, or has operators that OpenVINO does not have
 */
export function readModel(session: OpenVinoSession, content: Uint8Array): ReadModel {
  const { functions, core } = session;
  const read = functions.ov_core_read_model_from_memory_buffer;
  const handle = session.own(functions.ov_model_free, read, core, content, content.length, null);
  const { ov_model_inputs_size, ov_model_const_input_by_index } = functions;
  const { ov_model_outputs_size, ov_model_const_output_by_index } = functions;
  return {
    handle,
    inputs: tensors(session, handle, ov_model_inputs_size, ov_model_const_input_by_index),
    outputs: tensors(session, handle, ov_model_outputs_size, ov_model_const_output_by_index),
  };
}

/** Gives the model's only input this shape, and all that follows from it. */
export function reshape({ functions }: OpenVinoSession, { handle }: ReadModel, shape: readonly number[]): void {
  const rank = BigInt(shape.length);
  const dims = BigInt64Array.from(shape.flatMap((size) => [BigInt(size), BigInt(size)]));
  functions.ov_model_reshape_single_input(handle, { rank: { min: rank, max: rank }, dims });
}

function tensors(
  session: OpenVinoSession,
  model: Handle,
  count: (model: Handle, out: BigUint64Array) => void,
  at: (model: Handle, index: number, out: BigUint64Array) => void,
): TensorShape[] {
  const free = session.functions.ov_output_const_port_free;
  return Array.from({ length: Number(created(count, model)) }, (_, index) =>
    withObject(free, (port) => tensorShape(session, port), at, model, index),
  );
}

function tensorShape(session: OpenVinoSession, port: Handle): TensorShape {
  const type = Number(created(session.functions.ov_port_get_element_type, port));
  return { shape: shapeOf(session, port), dataType: type === FLOAT32 ? 'float32' : `element type ${type}` };
}

/** `ov_partial_shape_t`: the least and greatest rank, then the address of the least and greatest size of each dimension. */
function shapeOf({ functions, library }: OpenVinoSession, port: Handle): TensorShape['shape'] {
  const partial = new BigUint64Array(3);
  functions.ov_port_get_partial_shape(port, partial);
  try {
    const [least = 0n, greatest = 0n, address = 0n] = partial;
    if (least !== greatest) return undefined;
    const sizes = library.read(address, 2 * Number(least));
    return Array.from({ length: Number(least) }, (_, dimension) => {
      const size = elementAt(sizes, 2 * dimension);
      return size === elementAt(sizes, 2 * dimension + 1) ? Number(size) : 'N';
    });
  } finally {
    functions.ov_partial_shape_free(partial);
  }
}
