import { LoadGenError } from '../../base/errors.js';
import type { Precision } from '../engine.js';
import {
  ARGUMENT,
  createPrimitive,
  createReorder,
  createStep,
  type Primitive,
  type Step,
  UNSUPPORTED,
} from './primitive.js';
import type { OneDnnSession } from './session.js';
import { allocate, type Descriptor, describe, type Format, overlay, type Tensor, wrap } from './tensor.js';
import { type LayerWeights, packWeights, prepareWeights } from './weights.js';

export interface ConvolutionOptions extends LayerWeights {
  readonly name: string;
  readonly input: Tensor;
  readonly outputChannels: number;
  readonly stride: 1 | 2;
  /** Where the result of each image goes, over that of the image before, if it is large enough. */
  readonly scratch: Tensor | undefined;
}

/** `sizeof(dnnl_convolution_desc_t)` of oneDNN 2. */
const CONVOLUTION_DESCRIPTOR_BYTES = 5976;
const FORWARD_INFERENCE = 96;
/** `dnnl_alg_kind_t`, and the format of images in which it is fastest. */
const DIRECT = { algorithm: 1, format: 'channelsLast' } as const;
const WINOGRAD = { algorithm: 2, format: 'channelBlocks' } as const;
const BLOCK_CHANNELS = 16;
const BYTES_PER_VALUE: Readonly<Record<Precision, number>> = { fp32: 4, bf16: 2, int8: 1 };
/** Sums of int8 products are given as float32, so that they are rounded once only, after PReLU. */
const RESULT_TYPES: Readonly<Record<Precision, Precision>> = { fp32: 'fp32', bf16: 'bf16', int8: 'fp32' };

interface Method {
  readonly primitive: Primitive;
  readonly input: Descriptor;
  readonly weights: Descriptor;
  readonly bias: Descriptor;
  readonly result: Descriptor;
}

/**
 * Adds steps: a 3 x 3 convolution with one row or column of zeros on every side and a bias. Also returns its input in
 * the type and format in which it was taken.
 */
export function createConvolution(
  session: OneDnnSession,
  options: ConvolutionOptions,
  steps: Step[],
): { input: Tensor; result: Tensor } {
  const prepared = prepareWeights(options);
  const { primitive, input, weights, bias, result } = chooseMethod(session, options, prepared.outputScales);
  const inputTensor = converted(session, options.input, input, steps);
  const { scratch } = options;
  const fits = scratch !== undefined && bytesOf(scratch) >= bytesOf(result);
  const resultTensor = fits ? overlay(session, result, scratch) : allocate(session, result);
  steps.push(
    createStep(session, options.name, primitive, [
      [ARGUMENT.source, inputTensor],
      [ARGUMENT.weights, packWeights(session, prepared, primitive.chosenWeights(weights))],
      [ARGUMENT.bias, wrap(session, bias, prepared.bias)],
      [ARGUMENT.destination, resultTensor],
    ]),
  );
  return { input: inputTensor, result: resultTensor };
}

/** `tensor` in the type and format of `descriptor`: itself, or a copy that a further step makes. */
export function converted(session: OneDnnSession, tensor: Tensor, descriptor: Descriptor, steps: Step[]): Tensor {
  if (tensor.type === descriptor.type && tensor.format === descriptor.format) return tensor;
  const copy = allocate(session, descriptor, tensor.memories.length);
  steps.push(createReorder(session, tensor, copy));
  return copy;
}

function bytesOf({ dimensions, type }: Descriptor): number {
  return dimensions.reduce((product, length) => product * length, BYTES_PER_VALUE[type]);
}

/** Winograd's algorithm, with less than half the multiplications, where the library has it. */
function chooseMethod(
  session: OneDnnSession,
  options: ConvolutionOptions,
  outputScales: Float32Array | undefined,
): Method {
  const { type, stride, input, outputChannels } = options;
  const [, inputChannels = 0] = input.dimensions;
  const isBlocked = inputChannels % BLOCK_CHANNELS === 0 && outputChannels % BLOCK_CHANNELS === 0;
  if (type === 'fp32' && stride === 1 && isBlocked) {
    try {
      return createMethod(session, options, WINOGRAD, outputScales);
    } catch (thrown) {
      if (!(thrown instanceof LoadGenError) || thrown.code !== UNSUPPORTED) throw thrown;
    }
  }
  return createMethod(session, options, DIRECT, outputScales);
}

function createMethod(
  session: OneDnnSession,
  { name, input, outputChannels, stride, type }: ConvolutionOptions,
  { algorithm, format }: { algorithm: number; format: Format },
  factors: Float32Array | undefined,
): Method {
  const [images = 0, inputChannels = 0, height = 0, width = 0] = input.dimensions;
  const resultDimensions = [images, outputChannels, height / stride, width / stride];
  const descriptors = {
    input: describe(session, input.dimensions, type, format),
    weights: describe(session, [outputChannels, inputChannels, 3, 3], type, 'any'),
    bias: describe(session, [outputChannels], 'fp32', 'vector'),
    result: describe(session, resultDimensions, RESULT_TYPES[type], format),
  };
  const operation = new Uint8Array(CONVOLUTION_DESCRIPTOR_BYTES);
  session.functions.dnnl_convolution_forward_desc_init(
    operation,
    FORWARD_INFERENCE,
    algorithm,
    descriptors.input.bytes,
    descriptors.weights.bytes,
    descriptors.bias.bytes,
    descriptors.result.bytes,
    [stride, stride],
    [1, 1],
    [1, 1],
  );
  const outputScales = factors === undefined ? undefined : { dimension: 1, factors };
  return { ...descriptors, primitive: createPrimitive(session, name, operation, { outputScales }) };
}
