import { ARGUMENT, createPrimitive, createStep, type Step } from './primitive.js';
import type { OneDnnSession } from './session.js';
import { describe, type Tensor, wrap } from './tensor.js';
import { type LayerWeights, packWeights, prepareWeights } from './weights.js';

export interface FullyConnectedOptions extends LayerWeights {
  readonly name: string;
  readonly input: Tensor;
  readonly result: Tensor;
}

/** `sizeof(dnnl_inner_product_desc_t)` of oneDNN 2. */
const INNER_PRODUCT_DESCRIPTOR_BYTES = 5584;
const FORWARD_INFERENCE = 96;

/** A fully connected layer from all values of an image; the weights see them in the order channel, height, width. */
export function createFullyConnected(session: OneDnnSession, options: FullyConnectedOptions): Step {
  const { name, input, result, type } = options;
  const prepared = prepareWeights(options);
  const outputs = prepared.bias.length;
  const weights = describe(session, [outputs, ...input.dimensions.slice(1)], type, 'any');
  const bias = describe(session, [outputs], 'fp32', 'vector');
  const operation = new Uint8Array(INNER_PRODUCT_DESCRIPTOR_BYTES);
  session.functions.dnnl_inner_product_forward_desc_init(
    operation,
    FORWARD_INFERENCE,
    input.bytes,
    weights.bytes,
    bias.bytes,
    result.bytes,
  );
  const factors = prepared.outputScales;
  const outputScales = factors === undefined ? undefined : { dimension: 1, factors };
  const primitive = createPrimitive(session, name, operation, { outputScales });
  return createStep(session, name, primitive, [
    [ARGUMENT.source, input],
    [ARGUMENT.weights, packWeights(session, prepared, primitive.chosenWeights(weights))],
    [ARGUMENT.bias, wrap(session, bias, prepared.bias)],
    [ARGUMENT.destination, result],
  ]);
}
