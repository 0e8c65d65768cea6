import { writeTflite } from '../../tflite/writeTflite.js';
import { INPUT_CHANNELS, INPUT_HEIGHT, INPUT_WIDTH } from '../networks/sphereface20.js';
import type { ActivationRanges } from './activationRanges.js';
import { Int8TfliteLayers } from './int8TfliteLayers.js';
import type { Layer } from './network.js';
import type { Weights } from './readWeights.js';
import { TfliteGraph } from './tfliteGraph.js';
import { TfliteLayers } from './tfliteLayers.js';
import { walkNetwork } from './walkNetwork.js';

/**
 * The content of a TFLite file for a network on inputs of `batchSize` x 112 x 96 x 3, float32.
 *
 * @param activationRanges make a network that computes in 8 bits
 */
export function emitTflite(
  network: readonly Layer[],
  weights: Weights,
  batchSize: number,
  activationRanges?: ActivationRanges,
): Uint8Array {
  const graph = new TfliteGraph(weights, batchSize);
  const input = graph.image('input', { height: INPUT_HEIGHT, width: INPUT_WIDTH, channels: INPUT_CHANNELS });
  const layers =
    activationRanges === undefined ? new TfliteLayers(graph) : new Int8TfliteLayers(graph, activationRanges, input);
  const output = walkNetwork(network, input, layers);
  return writeTflite({
    description: 'Sphereface-20: B, G, R, (v - 128) / 127.5',
    tensors: graph.tensors,
    operators: graph.operators,
    inputs: [input.tensor],
    outputs: [output.tensor],
  });
}
