import type { NetworkInput } from '../../base/pairLayout.js';

/** As Sphereface takes faces. */
export const narrowInput: NetworkInput = {
  frame: { width: 96, height: 112, templateShiftX: 0 },
  arithmetic: { channelOrder: 'BGR', offset: 128, divisor: 127.5 },
};

/** As MobileFaceNet takes them. */
export const squareInput: NetworkInput = {
  frame: { width: 112, height: 112, templateShiftX: 8 },
  arithmetic: { channelOrder: 'RGB', offset: 127.5, divisor: 128 },
};
