import { SPHEREFACE20_SHAPE } from '../sphereface20/network.js';
import type { Network } from './network.js';

export const SPHEREFACE20_NETWORK: Network = {
  name: 'sphereface20',
  shape: SPHEREFACE20_SHAPE,
  arithmetic: { channelOrder: 'BGR', offset: 128, divisor: 127.5 },
  templateShiftX: 0,
  decision: { threshold: 0.41, origin: "the benchmark's" },
  source: { type: 'weights' },
};
