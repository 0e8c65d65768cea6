import { fileURLToPath } from 'node:url';

/** The files that come with this project; `weights/README.md` says what they hold and how they were made. */

export const OWN_WEIGHTS = {
  file: pathOf('sphereface20.safetensors'),
  sha256: 'e7cebb87a4b5ad4f7c9df4948726222b6de6f69f7c9c67ae8395ecb7aefe276b',
  /** Of the model. */
  name: 'Sphereface-20, weights trained by this project',
};

/** Where the activations of these weights lie. */
export const ACTIVATION_RANGES = { file: pathOf('activationRanges.json'), name: 'activationRanges.json' };

/** Aligned faces, and their embeddings by these weights as PyTorch computes them in float32. */
export const REFERENCE_FACES = {
  file: pathOf('reference.safetensors'),
  sha256: '4a5e2d379b2bff5a0c9289dc24beed52835203e2498e519b57742b68c102a84e',
};

function pathOf(name: string): string {
  return fileURLToPath(new URL(`../../../sut/sphereface20/weights/${name}`, import.meta.url));
}
