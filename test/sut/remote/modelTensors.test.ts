import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { SPHEREFACE20_SHAPE } from '../../../sut/networks/sphereface20.js';
import type { TensorDescription } from '../../../sut/remote/connection.js';
import { matchTensors } from '../../../sut/remote/modelTensors.js';

const tensor = (name: string, shape: readonly number[], datatype = 'FP32'): TensorDescription => ({
  name,
  shape,
  datatype,
});
const NHWC = tensor('x', [-1, 112, 96, 3]);
const EMBEDDINGS = tensor('y', [-1, 512]);
const match = (inputs: readonly TensorDescription[], outputs: readonly TensorDescription[]) =>
  matchTensors({ versions: [], platform: '', inputs, outputs }, SPHEREFACE20_SHAPE);

describe('models that fit the network', () => {
  const any = { input: 'x', output: 'y', layout: 'NHWC', fixedImages: undefined } as const;
  const cases = [
    ['channels last', [NHWC], [EMBEDDINGS], any],
    ['channels first', [tensor('x', [-1, 3, 112, 96])], [EMBEDDINGS], { ...any, layout: 'NCHW' }],
    ['one image', [tensor('x', [1, 112, 96, 3])], [tensor('y', [1, 512])], { ...any, fixedImages: 1 }],
    ['four images', [tensor('x', [4, 112, 96, 3])], [EMBEDDINGS], { ...any, fixedImages: 4 }],
    ['any sizes', [tensor('x', [-1, -1, -1, 3])], [tensor('y', [-1, -1])], any],
    ['sizes of 1 behind', [NHWC], [tensor('y', [-1, 512, 1, 1])], any],
    ['a second output', [NHWC], [tensor('z', [-1, 10]), EMBEDDINGS], any],
    ['nothing said', [], [], { ...any, input: 'input', output: undefined }],
  ] as const;
  for (const [what, inputs, outputs, expected] of cases)
    test(what, () => assert.deepEqual(match(inputs, outputs), expected));
});

describe('models of other shapes', () => {
  const cases = [
    [
      'other pixels',
      [tensor('x', [-1, 112, 112, 3])],
      [EMBEDDINGS],
      /inputs of its model are x FP32 \[-1, 112, 112, 3\]; expected one of FP32 \[-1, 112, 96, 3\] or \[-1, 3, 112, 96\]/,
    ],
    ['no batch', [tensor('x', [112, 96, 3])], [EMBEDDINGS], /x FP32 \[112, 96, 3\]/],
    ['another type', [tensor('x', [-1, 112, 96, 3], 'UINT8')], [EMBEDDINGS], /x UINT8/],
    ['three images', [tensor('x', [3, 112, 96, 3])], [EMBEDDINGS], /any number of images, 1, 2 or 4/],
    ['two inputs', [NHWC, tensor('z', [1])], [EMBEDDINGS], /x FP32 .*, z FP32 \[1\]/],
    [
      'other embeddings',
      [NHWC],
      [tensor('y', [-1, 128])],
      /outputs of its model are y FP32 \[-1, 128\]; expected one of FP32 \[-1, 512\]/,
    ],
    ['half precision', [NHWC], [tensor('y', [-1, 512], 'FP16')], /y FP16/],
  ] as const;
  for (const [what, inputs, outputs, message] of cases)
    test(what, () => assert.throws(() => match(inputs, outputs), { code: 'SUT_SERVER', message }));
});
