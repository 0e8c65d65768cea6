import type { NetworkShape } from '../../base/pairLayout.js';
import type { Network } from './network.js';

/** Height, width and channels (B, G, R, each (v - 128) / 127.5) of an input. */
export const INPUT_HEIGHT = 112;
export const INPUT_WIDTH = 96;
export const INPUT_CHANNELS = 3;
/** float32 values of one input, in the order height, width, channel. */
export const INPUT_VALUES = INPUT_HEIGHT * INPUT_WIDTH * INPUT_CHANNELS;
/** float32 values of one output. */
export const EMBEDDING_VALUES = 512;

export const SPHEREFACE20_SHAPE: NetworkShape = {
  inputHeight: INPUT_HEIGHT,
  inputWidth: INPUT_WIDTH,
  inputChannels: INPUT_CHANNELS,
  embeddingValues: EMBEDDING_VALUES,
};

export const SPHEREFACE20_NETWORK: Network = {
  name: 'sphereface20',
  shape: SPHEREFACE20_SHAPE,
  arithmetic: { channelOrder: 'BGR', offset: 128, divisor: 127.5 },
  templateShiftX: 0,
  decision: { threshold: 0.41, origin: "the benchmark's" },
  source: { type: 'weights' },
};
