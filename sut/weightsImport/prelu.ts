import type { WeightTensor } from '../sphereface20/readWeights.js';
import type { LayerOf } from '../sphereface20/walkNetwork.js';
import type { TfliteGraph } from './tfliteGraph.js';

/**
 * Follows a PReLU in a TFLite graph: the operator, or what converters make of it, relu(x) + c * relu(-x) with a constant
 * c, the negative slopes.
 */
export function readPrelu(
  graph: TfliteGraph,
  { name, channels }: LayerOf<'prelu'>,
  input: number,
): { slopes: WeightTensor; output: number } {
  if (graph.consumers(input, 'NEG').length === 0) {
    const operator = graph.take(input, name, 'PRELU');
    const slopes = graph.constant(operator, 1);
    return { slopes: { shape: vectorShape(slopes.shape), read: slopes.read }, output: graph.output(operator) };
  }
  const positive = graph.output(graph.take(input, name, 'RELU'));
  const negative = graph.output(graph.take(graph.output(graph.take(input, name, 'NEG')), name, 'RELU'));
  const product = graph.take(negative, name, 'MUL');
  const factor = graph.constant(product, graph.otherInput(product, negative) === product.inputs[0] ? 0 : 1);
  const sum = graph.take(positive, name, 'ADD');
  if (graph.otherInput(sum, positive) !== graph.output(product)) {
    graph.fail(sum, `adds tensor ${graph.otherInput(sum, positive)}, expected the negative part of ${name}`);
  }
  return {
    slopes: { shape: vectorShape(factor.shape), read: () => factor.read().map((value) => -value) },
    output: graph.output(sum),
  };

  /** One slope for each channel, whatever sizes of 1 stand before. */
  function vectorShape(shape: readonly number[]): readonly number[] {
    return shape.slice(0, -1).every((length) => length === 1) && shape.at(-1) === channels ? [channels] : shape;
  }
}
