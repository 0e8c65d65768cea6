import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { elementAt } from '../../base/arrays.js';
import { parseActivationRanges } from '../../sut/sphereface20/activationRanges.js';
import { emitOnnx } from '../../sut/sphereface20/emitOnnx.js';
import type { ModelForm } from '../../sut/sphereface20/modelForm.js';
import { SPHEREFACE20, weightShapes } from '../../sut/sphereface20/network.js';
import { readWeights } from '../../sut/sphereface20/readWeights.js';
import { decodeOnnx } from '../onnx/decodeOnnx.js';
import { ACTIVATION_RANGES_FILE, WEIGHTS_FILE } from './referenceFaces.js';

const FLOAT32 = 1;
const UINT8 = 2;
const INT8 = 3;
const INT32 = 6;

const weights = readWeights(readFileSync(WEIGHTS_FILE), 'our weights', SPHEREFACE20);
const { ranges } = parseActivationRanges(readFileSync(ACTIVATION_RANGES_FILE), 'our ranges', SPHEREFACE20);
const float = partsOf(emitOnnx(SPHEREFACE20, weights));
const quantized = partsOf(emitOnnx(SPHEREFACE20, weights, { activationRanges: ranges }));

function partsOf(content: Uint8Array) {
  const { input, output, node: nodes = [], initializer = [] } = decodeOnnx(content).graph;
  return { input, output, nodes, constants: new Map(initializer.map((tensor) => [tensor.name, tensor])) };
}

for (const [name, graph] of [
  ['float32', float],
  ['8-bit', quantized],
] as const) {
  test(`the ${name} network takes and gives any number of images`, () => {
    const value = (valueName: string, ...sizes: number[]) => {
      const dim = [{ dimParam: 'batch' }, ...sizes.map((dimValue) => ({ dimValue }))];
      return [{ name: valueName, type: { tensorType: { elemType: FLOAT32, shape: { dim } } } }];
    };
    assert.deepEqual(graph.input, value('input', 112, 96, 3));
    assert.deepEqual(graph.output, value('fc5', 512));
  });

  test(`the ${name} network has one node for each convolution, sum and fully connected layer`, () => {
    const counts = (type: string) => graph.nodes.filter(({ opType }) => opType === type).length;
    assert.deepEqual(['Conv', 'Relu', 'Mul', 'Add', 'Gemm', 'Transpose', 'PRelu'].map(counts), [
      20,
      20,
      40,
      8 + 20,
      1,
      1,
      0,
    ]);
  });

  test(`in the ${name} network all names are given before they are used, and once`, () => {
    const known = new Set(['input', ...graph.constants.keys()]);
    for (const { name: node, input, output } of graph.nodes) {
      for (const used of input) assert.ok(known.has(used), `${node} uses ${used}`);
      for (const given of output) {
        assert.ok(!known.has(given), `${given} is given twice`);
        known.add(given);
      }
    }
  });
}

for (const [form, input, output, operators] of [
  [{ batch: 4 }, [4, 112, 96, 3], [4, 512], ['Add', 'Conv', 'Flatten', 'Gemm', 'Mul', 'Relu', 'Transpose']],
  [{ layout: 'NCHW' }, ['batch', 3, 112, 96], ['batch', 512], ['Add', 'Conv', 'Flatten', 'Gemm', 'Mul', 'Relu']],
  [
    { nativePrelu: true },
    ['batch', 112, 96, 3],
    ['batch', 512],
    ['Add', 'Conv', 'Flatten', 'Gemm', 'PRelu', 'Transpose'],
  ],
] as const satisfies readonly (readonly [ModelForm, ...unknown[]])[]) {
  test(`a network in the form ${JSON.stringify(form)} has these shapes and operators`, () => {
    const parts = partsOf(emitOnnx(SPHEREFACE20, weights, form));
    const types = new Set(parts.nodes.map(({ opType }) => opType));
    assert.deepEqual([...types].toSorted(), operators);
    for (const [[value], sizes] of [
      [parts.input ?? [], input],
      [parts.output ?? [], output],
    ] as const) {
      const dim = sizes.map((size) => (typeof size === 'number' ? { dimValue: size } : { dimParam: size }));
      assert.deepEqual(value?.type, { tensorType: { elemType: FLOAT32, shape: { dim } } });
    }
  });
}

test('weights are written as they are', () => {
  for (const { name, shape } of weightShapes(SPHEREFACE20)) {
    if (name.startsWith('relu')) continue;
    const tensor = float.constants.get(name);
    assert.deepEqual([tensor?.dims, tensor?.dataType], [shape, FLOAT32], name);
    const written = new Float32Array(new Uint8Array(tensor?.rawData ?? []).buffer);
    assert.deepEqual(written, weights.get(name));
  }
});

test('a convolution pads one on every side and has the stride of its layer', () => {
  for (const [name, stride] of [
    ['conv1_1', 2],
    ['conv4_3', 1],
  ] as const) {
    const node = float.nodes.find((candidate) => candidate.name === name);
    assert.deepEqual(node?.attribute, [
      { name: 'kernel_shape', type: 'INTS', ints: [3, 3] },
      { name: 'pads', type: 'INTS', ints: [1, 1, 1, 1] },
      { name: 'strides', type: 'INTS', ints: [stride, stride] },
    ]);
  }
});

test('in 8 bits every operand of a convolution or the last layer was rounded, uint8, int8 and int32, but for the first', () => {
  const nodeOf = new Map(quantized.nodes.map((node) => [node.name, node]));
  for (const { name, opType, input } of quantized.nodes) {
    if (opType !== 'Conv' && opType !== 'Gemm') continue;
    if (name === 'conv1_1') {
      assert.deepEqual(input, ['image', 'conv1_1.weight', 'conv1_1.bias']);
      continue;
    }
    const zeroPointTypes = input.map((operand) => {
      const source = nodeOf.get(operand);
      assert.equal(source?.opType, 'DequantizeLinear', `${operand} of ${name}`);
      return quantized.constants.get(source?.input[2] ?? '')?.dataType;
    });
    assert.deepEqual(zeroPointTypes, [UINT8, INT8, INT32], name);
  }
});

const quantizedLayers = weightShapes(SPHEREFACE20).filter(
  ({ name, shape }) => shape.length > 1 && name !== 'conv1_1.weight',
);

test('8-bit weights are off by half a step of their row at most', () => {
  for (const { name } of quantizedLayers) {
    const values = weights.get(name) ?? new Float32Array();
    const found = new Int8Array(bytesOf(name));
    const scales = new Float32Array(bytesOf(`${name}/scale`));
    const rowLength = values.length / scales.length;
    let largestError = 0;
    for (const [i, value] of values.entries()) {
      const scale = elementAt(scales, Math.floor(i / rowLength));
      largestError = Math.max(largestError, Math.abs(value - elementAt(found, i) * scale) / scale);
    }
    assert.ok(largestError <= 0.5001, `a value of ${name} is off by ${largestError} steps`);
  }
});

test('no two products of uint8 activations and neighbouring 8-bit weights leave 16 bits, and each row uses all that its layer has', () => {
  for (const { name, shape } of quantizedLayers) {
    const found = new Int8Array(bytesOf(name));
    const [rows = 0, channels = 0, ...kernel] = shape;
    const kernelValues = kernel.reduce((product, size) => product * size, 1);
    for (let row = 0; row < rows; row++) {
      let largest = 0;
      for (let i = 0; i < channels * kernelValues; i++) {
        const position = row * channels * kernelValues + i;
        const value = elementAt(found, position);
        const isFirstOfTwo = Math.floor(i / kernelValues) % 2 === 0;
        const sum = value + (isFirstOfTwo ? elementAt(found, position + kernelValues) : 0);
        largest = Math.max(largest, Math.abs(value), Math.abs(sum));
      }
      assert.ok(255 * largest < 2 ** 15, `row ${row} of ${name} reaches ${largest}`);
      const most = kernel.length > 0 ? 127 : 31;
      assert.ok(Math.abs(largest - most) <= 1, `row ${row} of ${name} reaches ${largest}, expected ${most}`);
    }
  }
});

test('a layer without a range, or without weights, is named', () => {
  const lacking = new Map([...ranges].filter(([name]) => name !== 'relu3_2'));
  assert.throws(() => emitOnnx(SPHEREFACE20, weights, { activationRanges: lacking }), {
    code: 'MODEL_RANGES',
    message: /relu3_2/,
  });
  const fewer = new Map([...weights].filter(([name]) => name !== 'conv2_1.bias'));
  assert.throws(() => emitOnnx(SPHEREFACE20, fewer), { code: 'MODEL_WEIGHTS', message: /conv2_1\.bias/ });
});

/** Of an 8-bit network's constant, as memory of its own. */
function bytesOf(name: string): ArrayBuffer {
  const tensor = quantized.constants.get(name);
  assert.ok(tensor, `there is no constant ${name}`);
  return new Uint8Array(tensor.rawData).buffer;
}
