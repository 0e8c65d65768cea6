import type { Precision } from '../engine.js';
import type { PostOperation } from './attributes.js';
import { ARGUMENT, createPrimitive, createStep, type Step } from './primitive.js';
import type { OneDnnSession } from './session.js';
import { allocate, describe, type Tensor, wrap } from './tensor.js';

export interface ActivationOptions {
  readonly name: string;
  /** What a convolution gave. */
  readonly values: Tensor;
  /** One for each channel. */
  readonly slopes: Float32Array;
  /** Added after PReLU; of the type and format of the result. */
  readonly shortcut: Tensor | undefined;
  /** What the sum is multiplied with before it is rounded. */
  readonly factor: number;
  readonly resultType: Precision;
  /** Computed at a time, each with a result of its own. */
  readonly images: number;
}

/** `sizeof(dnnl_binary_desc_t)` of oneDNN 2. */
const BINARY_DESCRIPTOR_BYTES = 2096;
/** `dnnl_alg_kind_t` */
const ALGORITHM = { add: 0x1fff0, multiply: 0x1fff1, minimum: 0x1fff3 } as const;

/**
 * Adds a step: PReLU, the sum of a residual block and the rounding to the type that the next layer takes, in one pass
 * through memory. PReLU is min(x, 0) (slope - 1) + x, which holds for any slope. It is not a post-operation of the
 * convolution because oneDNN 2 has only reference code for that.
 */
export function createActivation(session: OneDnnSession, options: ActivationOptions, steps: Step[]): Tensor {
  const { name, values, slopes, shortcut, factor, resultType, images } = options;
  const zeros = perChannel(session, new Float32Array(slopes.length), values);
  const slopesLessOne = slopes.map((slope) => slope - 1);
  const operands = [
    { algorithm: ALGORITHM.multiply, tensor: perChannel(session, slopesLessOne, values) },
    { algorithm: ALGORITHM.add, tensor: values },
    ...(shortcut === undefined ? [] : [{ algorithm: ALGORITHM.add, tensor: shortcut }]),
  ];
  const postOperations: PostOperation[] = operands.map(({ algorithm, tensor }) => ({
    type: 'binary',
    algorithm,
    other: tensor,
  }));
  if (factor !== 1) postOperations.push({ type: 'scale', factor });

  const result = allocate(session, describe(session, values.dimensions, resultType, values.format), images);
  const operation = new Uint8Array(BINARY_DESCRIPTOR_BYTES);
  session.functions.dnnl_binary_desc_init(operation, ALGORITHM.minimum, values.bytes, zeros.bytes, result.bytes);
  steps.push(
    createStep(session, name, createPrimitive(session, name, operation, { postOperations }), [
      [ARGUMENT.source, values],
      [ARGUMENT.secondSource, zeros],
      [ARGUMENT.destination, result],
      ...operands.map(({ tensor }, index) => [ARGUMENT.ofPostOperation(index), tensor] as const),
    ]),
  );
  return result;
}

/** One value for each channel, in the format of the images that they are combined with. */
function perChannel(session: OneDnnSession, values: Float32Array, { format }: Tensor): Tensor {
  const dimensions = [1, values.length, 1, 1];
  return wrap(
    session,
    describe(session, dimensions, 'fp32', format === 'channelBlocks' ? format : 'channelsFirst'),
    values,
  );
}
