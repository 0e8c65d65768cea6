import { LoadGenError } from '../../base/errors.js';
import { type GraphOperator, type GraphTensor, writeTflite } from '../../tflite/writeTflite.js';
import { INPUT_CHANNELS, INPUT_HEIGHT, INPUT_WIDTH, type Layer } from './network.js';
import type { Weights } from './readWeights.js';

/** The image at some point of the network: its tensor and its size. */
interface Activation {
  readonly tensor: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/**
 * The content of a TFLite file for a network on inputs of `batchSize` x 112 x 96 x 3, float32.
 *
 * Two things differ between PyTorch and TFLite. PyTorch pads a convolution of stride 2 before and after, TFLite's SAME
 * only after where the size is even: so an explicit PAD and a VALID convolution. And PyTorch lays images out as
 * channel, height, width, TFLite as height, width, channel: so all weights that see an image are permuted.
 */
export function emitTflite(network: readonly Layer[], weights: Weights, batchSize: number): Uint8Array {
  const tensors: GraphTensor[] = [];
  const operators: GraphOperator[] = [];
  const outputs = new Map<string, Activation>();

  const addTensor = (tensor: GraphTensor): number => tensors.push(tensor) - 1;
  const constant = (name: string, shape: readonly number[], arrange = (values: Float32Array) => values): number => {
    const values = weights.get(name);
    if (values === undefined) throw new LoadGenError('MODEL_WEIGHTS', `the weights have no tensor ${name}`);
    return addTensor({ name, shape, values: arrange(values) });
  };
  const image = (name: string, height: number, width: number, channels: number): Activation => ({
    tensor: addTensor({ name, shape: [batchSize, height, width, channels] }),
    height,
    width,
    channels,
  });
  const padded = (input: Activation, name: string): Activation => {
    paddings ??= addTensor({ name: 'paddings', shape: [4, 2], values: Int32Array.of(0, 0, 1, 1, 1, 1, 0, 0) });
    const output = image(name, input.height + 2, input.width + 2, input.channels);
    operators.push({ type: 'PAD', inputs: [input.tensor, paddings], outputs: [output.tensor] });
    return output;
  };
  let paddings: number | undefined;

  const apply = (layer: Layer, input: Activation): Activation => {
    const { name } = layer;
    switch (layer.type) {
      case 'convolution': {
        const { inputChannels, outputChannels, stride } = layer;
        const source = stride === 1 ? input : padded(input, `${name}/padded`);
        const filter = constant(`${name}.weight`, [outputChannels, 3, 3, inputChannels], (values) =>
          channelsLast(values, outputChannels, inputChannels, 9),
        );
        const bias = constant(`${name}.bias`, [outputChannels]);
        const output = image(name, input.height / stride, input.width / stride, outputChannels);
        operators.push({
          type: 'CONV_2D',
          padding: stride === 1 ? 'SAME' : 'VALID',
          stride,
          inputs: [source.tensor, filter, bias],
          outputs: [output.tensor],
        });
        return output;
      }
      case 'prelu': {
        const slopes = constant(`${name}.weight`, [1, 1, layer.channels]);
        const output = image(name, input.height, input.width, layer.channels);
        operators.push({ type: 'PRELU', inputs: [input.tensor, slopes], outputs: [output.tensor] });
        return output;
      }
      case 'add': {
        const other = outputs.get(layer.to);
        if (other === undefined) throw new RangeError(`layer ${name} adds the output of ${layer.to}, not yet computed`);
        const output = image(name, input.height, input.width, input.channels);
        operators.push({ type: 'ADD', inputs: [other.tensor, input.tensor], outputs: [output.tensor] });
        return output;
      }
      case 'fullyConnected': {
        const area = layer.height * layer.width;
        const matrix = constant(`${name}.weight`, [layer.outputs, area * layer.channels], (values) =>
          channelsLast(values, layer.outputs, layer.channels, area),
        );
        const bias = constant(`${name}.bias`, [layer.outputs]);
        const tensor = addTensor({ name, shape: [batchSize, layer.outputs] });
        operators.push({ type: 'FULLY_CONNECTED', inputs: [input.tensor, matrix, bias], outputs: [tensor] });
        return { tensor, height: 1, width: 1, channels: layer.outputs };
      }
    }
  };

  const input = image('input', INPUT_HEIGHT, INPUT_WIDTH, INPUT_CHANNELS);
  let last = input;
  for (const layer of network) {
    last = apply(layer, last);
    outputs.set(layer.name, last);
  }
  return writeTflite({
    description: 'Sphereface-20: B, G, R, (v - 128) / 127.5',
    tensors,
    operators,
    inputs: [input.tensor],
    outputs: [last.tensor],
  });
}

/** From (rows, channels, area) to (rows, area, channels). */
function channelsLast(values: Float32Array, rows: number, channels: number, area: number): Float32Array {
  const arranged = new Float32Array(values.length);
  let target = 0;
  for (let row = 0; row < rows; row++) {
    for (let position = 0; position < area; position++) {
      const source = row * channels * area + position;
      for (let channel = 0; channel < channels; channel++) {
        arranged[target++] = values[source + channel * area] ?? 0;
      }
    }
  }
  return arranged;
}
