import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parseActivationRanges } from '../../sut/sphereface20/activationRanges.js';
import { emitOnnx } from '../../sut/sphereface20/emitOnnx.js';
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

test('in 8 bits every operand of a convolution or the last layer was rounded: uint8, int8 and int32', () => {
  const nodeOf = new Map(quantized.nodes.map((node) => [node.name, node]));
  for (const { name, opType, input } of quantized.nodes) {
    if (opType !== 'Conv' && opType !== 'Gemm') continue;
    const zeroPointTypes = input.map((operand) => {
      const source = nodeOf.get(operand);
      assert.equal(source?.opType, 'DequantizeLinear', `${operand} of ${name}`);
      return quantized.constants.get(source?.input[2] ?? '')?.dataType;
    });
    assert.deepEqual(zeroPointTypes, [UINT8, INT8, INT32], name);
  }
});

test('8-bit weights are off by half a step of their row at most, and use all of it', () => {
  for (const layer of ['conv1_1', 'conv2_3', 'fc5']) {
    const values = weights.get(`${layer}.weight`) ?? new Float32Array();
    const found = new Int8Array(bytesOf(`${layer}.weight`));
    const scales = new Float32Array(bytesOf(`${layer}.weight/scale`));
    const rowLength = values.length / scales.length;
    for (const [row, scale] of scales.entries()) {
      let largest = 0;
      for (let i = row * rowLength; i < (row + 1) * rowLength; i++) {
        const error = Math.abs((values[i] ?? Number.NaN) - (found[i] ?? Number.NaN) * scale);
        assert.ok(error <= 0.5001 * scale, `value ${i} of ${layer} is off by ${error}, a step is ${scale}`);
        largest = Math.max(largest, Math.abs(found[i] ?? 0));
      }
      assert.equal(largest, 127, `row ${row} of ${layer}`);
    }
  }
});

test("the input's bytes are kept exactly: steps of 1 / 127.5 from -128 / 127.5", () => {
  const [scale = Number.NaN] = new Float32Array(bytesOf('image/scale'));
  const [zeroPoint] = new Uint8Array(bytesOf('image/zeroPoint'));
  assert.equal(zeroPoint, 128);
  for (let byte = 0; byte < 256; byte++) assert.equal(Math.round((byte - 128) / 127.5 / scale) + 128, byte);
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
