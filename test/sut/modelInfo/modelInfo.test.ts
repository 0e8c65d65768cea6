import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { LoadGenError } from '../../../base/errors.js';
import { readModelInfo } from '../../../sut/modelInfo/modelInfo.js';
import { onnxInfo } from '../../../sut/modelInfo/onnxInfo.js';
import { tfjsInfo } from '../../../sut/modelInfo/tfjsInfo.js';
import { tfliteInfo } from '../../../sut/modelInfo/tfliteInfo.js';
import { EMBEDDING_VALUES } from '../../../sut/networks/sphereface20.js';
import { emitOnnx } from '../../../sut/sphereface20/emitOnnx.js';
import { emitTfjs } from '../../../sut/sphereface20/emitTfjs.js';
import { emitTflite } from '../../../sut/sphereface20/emitTflite.js';
import { type Layer, weightShapes } from '../../../sut/sphereface20/network.js';
import { preluModel } from '../../tflite/preluModel.js';
import { WEIGHTS_FILE } from '../referenceFaces.js';

const network: readonly Layer[] = [
  { type: 'convolution', name: 'conv', inputChannels: 3, outputChannels: 3, stride: 2 },
  { type: 'prelu', name: 'relu', channels: 3 },
  { type: 'add', name: 'sum', to: 'conv' },
  { type: 'fullyConnected', name: 'fc', channels: 3, height: 56, width: 48, outputs: EMBEDDING_VALUES },
];
const shapes = weightShapes(network);
const weights = new Map(shapes.map(({ name, shape }) => [name, new Float32Array(shape.reduce((a, b) => a * b))]));
const weightValues = [...weights.values()].reduce((sum, { length }) => sum + length, 0);
const PADDINGS = 8;
const RESHAPE = 2;

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'model-info-'));
});
after(() => rm(folder, { recursive: true }));

test('a TFLite file: tensors, operators and values', () => {
  assert.deepEqual(tfliteInfo(emitTflite(network, weights, 4), 'own.tflite'), {
    inputs: [{ name: 'input', shape: [4, 112, 96, 3], type: 'float32' }],
    outputs: [{ name: 'fc', shape: [4, EMBEDDING_VALUES], type: 'float32' }],
    operators: { ADD: 1, CONV_2D: 1, FULLY_CONNECTED: 1, PAD: 1, PRELU: 1 },
    parameters: weightValues + PADDINGS,
  });
});

test('a model.json: tensors, operators and values', () => {
  assert.deepEqual(tfjsInfo(emitTfjs(network, weights)[0].content, 'model.json'), {
    inputs: [{ name: 'input:0', shape: [-1, 112, 96, 3], type: 'float32' }],
    outputs: [{ name: 'embedding:0', shape: [-1, EMBEDDING_VALUES], type: 'float32' }],
    operators: {
      AddV2: 1,
      Identity: 1,
      Pad: 1,
      Placeholder: 1,
      Prelu: 1,
      Reshape: 1,
      _FusedConv2D: 1,
      _FusedMatMul: 1,
    },
    parameters: weightValues + PADDINGS + RESHAPE,
  });
});

test('an ONNX file: tensors, operators and values', () => {
  const { inputs, outputs, operators, parameters } = onnxInfo(emitOnnx(network, weights, {}), 'own.onnx');
  assert.deepEqual(inputs, [{ name: 'input', shape: [-1, 112, 96, 3], type: 'float32' }]);
  assert.deepEqual(outputs, [{ name: 'fc', shape: [-1, EMBEDDING_VALUES], type: 'float32' }]);
  assert.deepEqual([operators.Conv, operators.Gemm], [1, 1]);
  assert.ok(parameters >= weightValues, String(parameters));
});

test('what is no ONNX file is refused', () => {
  assert.throws(() => onnxInfo(Buffer.from('once upon a time'), 'text.onnx'), {
    code: 'ONNX_FORMAT',
    message: /text\.onnx is no ONNX file/,
  });
});

test('a safetensors file: values', async () => {
  const { format, parameters, operators } = await readModelInfo(fileURLToPath(WEIGHTS_FILE));
  // As stands in the weights' README: 22.67 million.
  assert.deepEqual([format, (parameters / 1e6).toFixed(2), operators], ['safetensors', '22.67', {}]);
});

test('a name that ends otherwise is refused', async () => {
  await writeFile(join(folder, 'model.pb'), '');
  await assert.rejects(readModelInfo(join(folder, 'model.pb')), {
    code: 'MODEL_FORMAT',
    message: /model\.pb is no model, expected a name that ends with \.json or/,
  });
});

test('damaged TFLite files are read or refused, never hung on', () => {
  const content = preluModel([1, 2, 2, 1], [1]);
  const readOrRefused = fc.property(fc.nat(content.length - 1), fc.nat(255), (position, value) => {
    const damaged = content.slice();
    damaged[position] = value;
    try {
      tfliteInfo(damaged, 'damaged.tflite');
    } catch (thrown) {
      assert.ok(thrown instanceof LoadGenError && thrown.code === 'TFLITE_FORMAT', String(thrown));
    }
  });
  fc.assert(readOrRefused, { numRuns: 2000 });
});
