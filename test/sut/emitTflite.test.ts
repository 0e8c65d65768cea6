/** The network in TFLite in 8 bits; test/sut/sphereface20.test.ts and test/sut/engines/ run it. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { ByteBuffer } from 'flatbuffers';
import { parseActivationRanges } from '../../sut/sphereface20/activationRanges.js';
import { emitOnnx } from '../../sut/sphereface20/emitOnnx.js';
import { emitTflite } from '../../sut/sphereface20/emitTflite.js';
import { SPHEREFACE20, weightShapes } from '../../sut/sphereface20/network.js';
import { readWeights } from '../../sut/sphereface20/readWeights.js';
import { Model } from '../../tflite/generated/model.js';
import { readTflite } from '../../tflite/readTflite.js';
import { decodeOnnx } from '../onnx/decodeOnnx.js';
import { ACTIVATION_RANGES_FILE, WEIGHTS_FILE } from './referenceFaces.js';

const weights = readWeights(readFileSync(WEIGHTS_FILE), 'our weights', SPHEREFACE20);
const { ranges } = parseActivationRanges(readFileSync(ACTIVATION_RANGES_FILE), 'our ranges', SPHEREFACE20);
const content = emitTflite(SPHEREFACE20, weights, 1, ranges);
const graph = readTflite(content, 'x.tflite');
const tensorNamed = new Map(
  graph.tensors.map((tensor, index) => [tensor.name, { ...tensor, ...quantizationOf(index) }]),
);
const onnx = new Map(
  decodeOnnx(emitOnnx(SPHEREFACE20, weights, { activationRanges: ranges })).graph.initializer?.map((tensor) => [
    tensor.name,
    new Uint8Array(tensor.rawData).buffer,
  ]),
);

function quantizationOf(index: number) {
  const quantization = Model.getRootAsModel(new ByteBuffer(content)).subgraphs(0)?.tensors(index)?.quantization();
  const zeroPoints = Array.from({ length: quantization?.zeroPointLength() ?? 0 }, (_, i) => quantization?.zeroPoint(i));
  return { scales: quantization?.scaleArray()?.slice(), zeroPoints: new Set(zeroPoints.map(Number)) };
}

function named(name: string) {
  const tensor = tensorNamed.get(name);
  assert.ok(tensor, `there is no tensor ${name}`);
  return tensor;
}

test('floating point goes in and comes out, and all convolutions but the first are of int8', () => {
  const types = (indices: readonly number[]) => indices.map((index) => graph.tensors[index]?.type);
  assert.deepEqual([types(graph.inputs), types(graph.outputs)], [['FLOAT32'], ['FLOAT32']]);
  const convolutions = graph.operators.filter(({ type }) => type === 'CONV_2D');
  assert.deepEqual(
    convolutions.map(({ inputs, outputs }) => types([...inputs, ...outputs]).join()),
    ['FLOAT32,FLOAT32,FLOAT32,FLOAT32', ...Array(20).fill('INT8,INT8,INT32,INT8')],
  );
  const counts = (type: string) => graph.operators.filter((operator) => operator.type === type).length;
  assert.deepEqual(['QUANTIZE', 'DEQUANTIZE', 'PRELU', 'ADD', 'PAD', 'RESHAPE'].map(counts), [20, 20, 20, 8, 4, 1]);
});

const quantizedLayers = weightShapes(SPHEREFACE20).filter(
  ({ name, shape }) => shape.length > 1 && name !== 'conv1_1.weight',
);

test('weights and biases are the numbers that ONNX has, with the channels last', () => {
  for (const { name, shape } of quantizedLayers) {
    const [outputs = 0] = shape;
    const [channels = 0, area = 0] = name === 'fc5.weight' ? [512, 7 * 6] : [shape[1], 9];
    const expected = new Int8Array(onnx.get(name) ?? new ArrayBuffer(0));
    const tensor = named(name);
    const found = new Int8Array(tensor.bytes?.slice().buffer ?? new ArrayBuffer(0));
    assert.equal(found.length, expected.length);
    for (let i = 0; i < found.length; i += 97) {
      const [output, place, channel] = [
        Math.floor(i / (area * channels)),
        Math.floor(i / channels) % area,
        i % channels,
      ];
      assert.equal(found[i], expected[(output * channels + channel) * area + place], `${i} of ${name}`);
    }
    assert.deepEqual(tensor.scales, new Float32Array(onnx.get(`${name}/scale`) ?? new ArrayBuffer(0)));
    assert.deepEqual([...tensor.zeroPoints], [0]);
    const bias = named(name.replace('weight', 'bias'));
    assert.deepEqual(Buffer.from(bias.bytes ?? []), Buffer.from(onnx.get(bias.name) ?? new ArrayBuffer(0)));
    assert.equal(bias.scales?.length, outputs);
  }
});

test('activations have the scales of ONNX, and zero points that are 128 less', () => {
  for (const [found, expected] of [
    ['relu1_1/quantized', 'relu1_1'],
    ['conv1_2/rounded', 'conv1_2'],
    ['res3_9/quantized', 'res3_9'],
  ] as const) {
    const { scales, zeroPoints } = named(found);
    assert.deepEqual(scales, new Float32Array(onnx.get(`${expected}/scale`) ?? new ArrayBuffer(0)));
    const [zeroPoint = 0] = new Uint8Array(onnx.get(`${expected}/zeroPoint`) ?? new ArrayBuffer(0));
    assert.deepEqual([...zeroPoints], [zeroPoint - 128]);
  }
});

test('a layer without a range is named', () => {
  const lacking = new Map([...ranges].filter(([name]) => name !== 'relu3_2'));
  assert.throws(() => emitTflite(SPHEREFACE20, weights, 1, lacking), { code: 'MODEL_RANGES', message: /relu3_2/ });
});
