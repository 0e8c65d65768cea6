import type { Layer } from './network.js';

export type LayerOf<Type extends Layer['type']> = Extract<Layer, { type: Type }>;

/** Handles each type of layer: takes what stands for the layer's input, returns what stands for its output. */
export interface LayerHandlers<Value> {
  convolution(layer: LayerOf<'convolution'>, input: Value): Value;
  prelu(layer: LayerOf<'prelu'>, input: Value): Value;
  /** `other` stands for the output of the layer named by `layer.to`. */
  add(layer: LayerOf<'add'>, input: Value, other: Value): Value;
  fullyConnected(layer: LayerOf<'fullyConnected'>, input: Value): Value;
}

/** Calls a handler for each layer, in order. Returns what stands for the network's output. */
export function walkNetwork<Value>(network: readonly Layer[], input: Value, handlers: LayerHandlers<Value>): Value {
  const outputs = new Map<string, Value>();
  let last = input;
  for (const layer of network) {
    last = handleLayer(layer, last, outputs, handlers);
    outputs.set(layer.name, last);
  }
  return last;
}

function handleLayer<Value>(
  layer: Layer,
  input: Value,
  outputs: ReadonlyMap<string, Value>,
  handlers: LayerHandlers<Value>,
): Value {
  switch (layer.type) {
    case 'convolution':
      return handlers.convolution(layer, input);
    case 'prelu':
      return handlers.prelu(layer, input);
    case 'add': {
      const other = outputs.get(layer.to);
      if (other === undefined) throw new RangeError(`${layer.name} adds the output of ${layer.to}, not yet computed`);
      return handlers.add(layer, input, other);
    }
    case 'fullyConnected':
      return handlers.fullyConnected(layer, input);
    default:
      return layer satisfies never;
  }
}
