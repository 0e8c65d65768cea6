import type { ModelFile, ModelFiles } from '../engine.js';
import type { ModelFormat } from '../modelFormats.js';
import { parseActivationRanges } from './activationRanges.js';
import { emitOnnx } from './emitOnnx.js';
import { emitTfjs } from './emitTfjs.js';
import { emitTflite } from './emitTflite.js';
import type { ModelForm } from './modelForm.js';
import { SPHEREFACE20 } from './network.js';
import type { Weights } from './readWeights.js';

interface EmittedParts {
  readonly weights: Weights;
  /** The safetensors file that they were read from. */
  readonly content: Uint8Array;
  /** The file with their ranges, where the model is to compute in 8 bits. */
  readonly activationRanges: ModelFile | undefined;
  readonly form: ModelForm;
}

/** Makes Sphereface-20 of weights, in a format. */
export function emitModel(format: ModelFormat, parts: EmittedParts): ModelFiles {
  return EMITTERS[format](parts);
}

const EMITTERS: Readonly<Record<ModelFormat, (parts: EmittedParts) => ModelFiles>> = {
  safetensors: ({ content, activationRanges }) => [
    { name: 'sphereface20.safetensors', content },
    ...(activationRanges === undefined ? [] : [activationRanges]),
  ],
  onnx: ({ weights, activationRanges, form }) => [
    {
      name: 'sphereface20.onnx',
      content: emitOnnx(SPHEREFACE20, weights, {
        ...form,
        activationRanges: activationRanges && rangesIn(activationRanges).ranges,
      }),
    },
  ],
  tflite: ({ weights, activationRanges, form: { batch = 1 } }) => [
    {
      name: 'sphereface20.tflite',
      content: emitTflite(SPHEREFACE20, weights, batch, activationRanges && rangesIn(activationRanges).ranges),
    },
  ],
  tfjs: ({ weights }) => emitTfjs(SPHEREFACE20, weights),
};

export function rangesIn({ content, name }: ModelFile): ReturnType<typeof parseActivationRanges> {
  return parseActivationRanges(content, name, SPHEREFACE20);
}
