import { LoadGenError } from '../../base/errors.js';
import type { WeightTensor } from '../sphereface20/readWeights.js';

/** What a file gives: tensors with the names and shapes that PyTorch gives them, not yet checked to be the network's. */
export interface SourceWeights {
  readonly tensors: ReadonlyMap<string, WeightTensor>;
  /** What the user should know: one sentence each. */
  readonly notices: readonly string[];
}

/** The error of a file that cannot be imported; `fault` says where what was found, and what was expected. */
export function importError(file: string, fault: string, hint?: string): LoadGenError {
  return new LoadGenError('MODEL_IMPORT', `${file}: ${fault}`, hint === undefined ? {} : { hint });
}

/** A text from a file, for a message: quoted, and not longer than a line. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
}
