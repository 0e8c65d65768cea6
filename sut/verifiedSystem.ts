import type { PairInputs } from '../base/pairLayout.js';
import type { ClosableSystemUnderTest } from './closableSystemUnderTest.js';
import { readModelFile } from './readModelFile.js';
import { OWN_WEIGHTS, REFERENCE_FACES } from './sphereface20/ownFiles.js';
import { createSystemHeldTo, type VerificationOptions } from './systemHeldTo.js';

const { file, sha256 } = REFERENCE_FACES;
const OWN_REFERENCE = {
  weightsSha256: OWN_WEIGHTS.sha256,
  read: () => readModelFile(file, sha256),
  allocate: (bytes: number) => new SharedArrayBuffer(bytes),
  hint: 'Run it all the same with --unverified; run.json, the logs and the table then say so.',
};

/** Holds a system with the weights that come with this project to their embeddings: see `createSystemHeldTo`. */
export function createVerifiedSystem(
  create: (inputs: PairInputs) => Promise<ClosableSystemUnderTest>,
  options: VerificationOptions,
): Promise<ClosableSystemUnderTest> {
  return createSystemHeldTo(OWN_REFERENCE, create, options);
}
