import type { WeightTensor } from '../sphereface20/readWeights.js';

/** What a file gives: tensors with the names and shapes that PyTorch gives them, not yet checked to be the network's. */
export interface SourceWeights {
  readonly tensors: ReadonlyMap<string, WeightTensor>;
  /** What the user should know: one sentence each. */
  readonly notices: readonly string[];
}
