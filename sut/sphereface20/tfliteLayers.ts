import { type Activation, channelsLast, type TfliteGraph } from './tfliteGraph.js';
import type { LayerHandlers, LayerOf } from './walkNetwork.js';

/**
 * Layers in float32.
 *
 * Two things differ between PyTorch and TFLite. PyTorch pads a convolution of stride 2 before and after, TFLite's SAME
 * only after where the size is even: so an explicit PAD and a VALID convolution. And PyTorch lays images out as
 * channel, height, width, TFLite as height, width, channel: so all weights that see an image are permuted.
 */
export class TfliteLayers implements LayerHandlers<Activation> {
  protected readonly graph: TfliteGraph;

  constructor(graph: TfliteGraph) {
    this.graph = graph;
  }

  convolution({ name, inputChannels, outputChannels, stride }: LayerOf<'convolution'>, input: Activation): Activation {
    const { graph } = this;
    const source = stride === 1 ? input : graph.padded(input, `${name}/padded`);
    const filter = graph.constantWeights(`${name}.weight`, [outputChannels, 3, 3, inputChannels], (values) =>
      channelsLast(values, outputChannels, inputChannels, 3 * 3),
    );
    const bias = graph.constantWeights(`${name}.bias`, [outputChannels]);
    const output = graph.image(name, sizeAfter(input, stride, outputChannels));
    graph.operators.push({
      type: 'CONV_2D',
      padding: stride === 1 ? 'SAME' : 'VALID',
      stride,
      inputs: [source.tensor, filter, bias],
      outputs: [output.tensor],
    });
    return output;
  }

  prelu({ name, channels }: LayerOf<'prelu'>, input: Activation): Activation {
    const slopes = this.graph.constantWeights(`${name}.weight`, [1, 1, channels]);
    const output = this.graph.image(name, input);
    this.graph.operators.push({ type: 'PRELU', inputs: [input.tensor, slopes], outputs: [output.tensor] });
    return output;
  }

  add({ name }: LayerOf<'add'>, input: Activation, other: Activation): Activation {
    const output = this.graph.image(name, input);
    this.graph.operators.push({ type: 'ADD', inputs: [other.tensor, input.tensor], outputs: [output.tensor] });
    return output;
  }

  fullyConnected(layer: LayerOf<'fullyConnected'>, input: Activation): Activation {
    const { name, channels, outputs } = layer;
    const area = layer.height * layer.width;
    const matrix = this.graph.constantWeights(`${name}.weight`, [outputs, area * channels], (values) =>
      channelsLast(values, outputs, channels, area),
    );
    const bias = this.graph.constantWeights(`${name}.bias`, [outputs]);
    const output = this.graph.embeddings(name, outputs);
    this.graph.operators.push({
      type: 'FULLY_CONNECTED',
      inputs: [input.tensor, matrix, bias],
      outputs: [output.tensor],
    });
    return output;
  }
}

export function sizeAfter({ height, width }: Activation, stride: number, channels: number) {
  return { height: height / stride, width: width / stride, channels };
}
