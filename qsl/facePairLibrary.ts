import { totalmem } from 'node:os';
import type { NetworkInput } from '../base/pairLayout.js';
import { type FacePair, PairLibrary } from './pairLibrary.js';

export interface FacePairLibraryOptions extends NetworkInput {
  readonly name: string;
  readonly pairs: readonly FacePair[];
  /** For at most so much memory `performanceSampleCount` is chosen; without it half of the machine's. */
  readonly maxBytes?: number | undefined;
}

/** Face pairs as query samples, in shared memory, so that workers read them without a copy. */
export class FacePairLibrary extends PairLibrary<FacePair, SharedArrayBuffer> {
  constructor({ maxBytes = defaultMaxBytes(), ...options }: FacePairLibraryOptions) {
    super({ ...options, maxBytes, allocate: (bytes) => new SharedArrayBuffer(bytes) });
  }
}

/** Half of the machine's memory. */
export function defaultMaxBytes(): number {
  return totalmem() / 2;
}
