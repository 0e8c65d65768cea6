import { type GraphOperator, type GraphTensor, writeTflite } from '../../tflite/writeTflite.js';
import { INPUT_CHANNELS, INPUT_HEIGHT, INPUT_WIDTH, type Layer } from './network.js';
import { tensorOf, type Weights } from './readWeights.js';
import { transpose } from './transpose.js';
import { type LayerHandlers, type LayerOf, walkNetwork } from './walkNetwork.js';

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
  const graph = new TfliteEmitter(weights, batchSize);
  const input = graph.image('input', INPUT_HEIGHT, INPUT_WIDTH, INPUT_CHANNELS);
  const output = walkNetwork(network, input, graph);
  return writeTflite({
    description: 'Sphereface-20: B, G, R, (v - 128) / 127.5',
    tensors: graph.tensors,
    operators: graph.operators,
    inputs: [input.tensor],
    outputs: [output.tensor],
  });
}

class TfliteEmitter implements LayerHandlers<Activation> {
  readonly tensors: GraphTensor[] = [];
  readonly operators: GraphOperator[] = [];
  readonly #weights: Weights;
  readonly #batchSize: number;
  #paddings: number | undefined;

  constructor(weights: Weights, batchSize: number) {
    this.#weights = weights;
    this.#batchSize = batchSize;
  }

  /** A tensor for an image that is fed or computed. */
  image(name: string, height: number, width: number, channels: number): Activation {
    return { tensor: this.#add({ name, shape: [this.#batchSize, height, width, channels] }), height, width, channels };
  }

  convolution({ name, inputChannels, outputChannels, stride }: LayerOf<'convolution'>, input: Activation): Activation {
    const source = stride === 1 ? input : this.#padded(input, `${name}/padded`);
    const filter = this.#weightsTensor(`${name}.weight`, [outputChannels, 3, 3, inputChannels], (values) =>
      channelsLast(values, outputChannels, inputChannels, 3 * 3),
    );
    const bias = this.#weightsTensor(`${name}.bias`, [outputChannels]);
    const output = this.image(name, input.height / stride, input.width / stride, outputChannels);
    this.operators.push({
      type: 'CONV_2D',
      padding: stride === 1 ? 'SAME' : 'VALID',
      stride,
      inputs: [source.tensor, filter, bias],
      outputs: [output.tensor],
    });
    return output;
  }

  prelu({ name, channels }: LayerOf<'prelu'>, { tensor, height, width }: Activation): Activation {
    const slopes = this.#weightsTensor(`${name}.weight`, [1, 1, channels]);
    const output = this.image(name, height, width, channels);
    this.operators.push({ type: 'PRELU', inputs: [tensor, slopes], outputs: [output.tensor] });
    return output;
  }

  add({ name }: LayerOf<'add'>, { tensor, height, width, channels }: Activation, other: Activation): Activation {
    const output = this.image(name, height, width, channels);
    this.operators.push({ type: 'ADD', inputs: [other.tensor, tensor], outputs: [output.tensor] });
    return output;
  }

  fullyConnected(layer: LayerOf<'fullyConnected'>, { tensor }: Activation): Activation {
    const { name, channels, outputs } = layer;
    const area = layer.height * layer.width;
    const matrix = this.#weightsTensor(`${name}.weight`, [outputs, area * channels], (values) =>
      channelsLast(values, outputs, channels, area),
    );
    const bias = this.#weightsTensor(`${name}.bias`, [outputs]);
    const output = this.#add({ name, shape: [this.#batchSize, outputs] });
    this.operators.push({ type: 'FULLY_CONNECTED', inputs: [tensor, matrix, bias], outputs: [output] });
    return { tensor: output, height: 1, width: 1, channels: outputs };
  }

  /** One row or column of zeros on every side of an image. */
  #padded({ tensor, height, width, channels }: Activation, name: string): Activation {
    this.#paddings ??= this.#add({ name: 'paddings', shape: [4, 2], values: Int32Array.of(0, 0, 1, 1, 1, 1, 0, 0) });
    const output = this.image(name, height + 2, width + 2, channels);
    this.operators.push({ type: 'PAD', inputs: [tensor, this.#paddings], outputs: [output.tensor] });
    return output;
  }

  #weightsTensor(name: string, shape: readonly number[], arrange = (values: Float32Array) => values): number {
    return this.#add({ name, shape, values: arrange(tensorOf(this.#weights, name)) });
  }

  #add(tensor: GraphTensor): number {
    return this.tensors.push(tensor) - 1;
  }
}

/** From (rows, channels, area) to (rows, area, channels). */
function channelsLast(values: Float32Array, rows: number, channels: number, area: number): Float32Array {
  return transpose(values, [rows, channels, area], [0, 2, 1]);
}
