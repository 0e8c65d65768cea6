import type { OneDnnFunctions } from './library.js';
import { withObject } from './session.js';
import type { Descriptor } from './tensor.js';

/** What a primitive does to each value that it computed, one operation after the other, before it is rounded. */
export type PostOperation =
  | { readonly type: 'binary'; readonly algorithm: number; readonly other: Descriptor }
  /** Multiplies by a factor. */
  | { readonly type: 'scale'; readonly factor: number };

export interface Attributes {
  /** What results are multiplied with, before post-operations. */
  readonly outputScales?: { readonly dimension: number; readonly factors: Float32Array } | undefined;
  readonly postOperations?: readonly PostOperation[];
}

const ELTWISE_LINEAR = 127;

/** Runs `use` with a `dnnl_primitive_attr_t`, which is freed afterwards. */
export function withAttributes<Result>(
  functions: OneDnnFunctions,
  { outputScales, postOperations = [] }: Attributes,
  use: (attributes: bigint) => Result,
): Result {
  return withObject(
    functions.dnnl_primitive_attr_destroy,
    (attributes) => {
      if (outputScales !== undefined) {
        const { dimension, factors } = outputScales;
        functions.dnnl_primitive_attr_set_output_scales(attributes, factors.length, 1 << dimension, factors);
      }
      withObject(
        functions.dnnl_post_ops_destroy,
        (list) => {
          for (const operation of postOperations) append(functions, list, operation);
          functions.dnnl_primitive_attr_set_post_ops(attributes, list);
        },
        functions.dnnl_post_ops_create,
      );
      return use(attributes);
    },
    functions.dnnl_primitive_attr_create,
  );
}

function append(functions: OneDnnFunctions, list: bigint, operation: PostOperation): void {
  if (operation.type === 'binary') {
    functions.dnnl_post_ops_append_binary(list, operation.algorithm, operation.other.bytes);
  } else {
    functions.dnnl_post_ops_append_eltwise(list, 1, ELTWISE_LINEAR, operation.factor, 0);
  }
}
