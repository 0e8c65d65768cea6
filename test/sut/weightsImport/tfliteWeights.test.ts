import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { LoadGenError } from '../../../base/errors.js';
import { emitTflite } from '../../../sut/sphereface20/emitTflite.js';
import { SPHEREFACE20 } from '../../../sut/sphereface20/network.js';
import { checkWeights, readWeights } from '../../../sut/sphereface20/readWeights.js';
import { readTfliteWeights } from '../../../sut/weightsImport/tfliteWeights.js';
import { type GraphOperator, type TfliteGraph, writeTflite } from '../../../tflite/writeTflite.js';
import { WEIGHTS_FILE } from '../referenceFaces.js';
import { SMALL_NETWORK, SMALL_WEIGHTS, smallWeightsOf } from './smallNetwork.js';
import { type TfliteVariantOptions, tfliteVariant } from './tfliteVariant.js';

const read = (graph: TfliteGraph) => readTfliteWeights(writeTflite(graph), 'x.tflite', SMALL_NETWORK);

const variants: [string, TfliteVariantOptions][] = [
  ['as this project writes it', {}],
  ['with a PAD before every convolution', { padAlways: true }],
  ['with a RESHAPE before the fully connected layer', { flatten: 'reshape' }],
  ['with TRANSPOSE and RESHAPE before the fully connected layer', { flatten: 'transpose' }],
  ['with float16 weights', { float16: true }],
  ['with PReLU made of RELU, NEG, MUL and ADD', { preluOfRelus: true }],
  ['with all of that', { padAlways: true, flatten: 'transpose', float16: true, preluOfRelus: true }],
];
for (const [what, options] of variants) {
  test(`weights come back bit by bit from a graph ${what}`, () => {
    const source = read(tfliteVariant(options));
    assert.deepEqual(smallWeightsOf(source), SMALL_WEIGHTS);
    assert.deepEqual(source.notices, []);
  });
}

test('weights of Sphereface-20 come back bit by bit', () => {
  const weights = readWeights(readFileSync(WEIGHTS_FILE), 'x', SPHEREFACE20);
  for (const batch of [1, 4]) {
    const { tensors } = readTfliteWeights(emitTflite(SPHEREFACE20, weights, batch), 'x.tflite', SPHEREFACE20);
    const found = checkWeights(tensors, 'x', SPHEREFACE20);
    for (const [name, values] of weights) assert.ok(Buffer.from(values.buffer).equals(bytesOf(found.get(name))), name);
  }
});

test('where a bias is left out, there are zeros, and a notice', () => {
  const source = read(tfliteVariant({ withoutBias: 'conv2_1' }));
  assert.deepEqual(smallWeightsOf(source).get('conv2_1.bias'), new Float32Array(2));
  assert.deepEqual(source.notices, ['conv2_1 has no bias: zeros']);
});

/** Graphs made from the usual one, which has 5 x (PAD, but for conv1_2, CONV_2D, PRELU), ADD and FULLY_CONNECTED. */
const refused: [string, TfliteGraph, RegExp][] = [
  [
    'SAME padding with stride 2',
    tfliteVariant({ samePadding: true }),
    /operator 0 \(CONV_2D\) has SAME padding with stride 2: on an even size that pads after the last row and column only/,
  ],
  [
    'another stride',
    changed(1, { type: 'CONV_2D', padding: 'VALID', stride: 1 }),
    /operator 1 \(CONV_2D\) has the strides 1, 1, expected 2, 2/,
  ],
  [
    'no padding',
    changed(3, { type: 'CONV_2D', padding: 'VALID', stride: 1 }),
    /operator 3 \(CONV_2D\) has VALID padding without a PAD, expected SAME/,
  ],
  [
    'padding twice',
    changed(1, { type: 'CONV_2D', padding: 'SAME', stride: 2 }),
    /operator 1 \(CONV_2D\) has SAME padding after a PAD, expected VALID/,
  ],
  ['RELU for PReLU', changed(2, { type: 'RELU' }), /operator 2 \(RELU\) stands where relu1_1 is expected, PRELU/],
  ['MUL for ADD', changed(5, { type: 'MUL' }), /operator 5 \(MUL\) stands where res1_2 is expected, ADD/],
  ['a sum of something else', inputs(5, [12, 12]), /operator 5 \(ADD\) adds tensor 12, expected the output of relu1_1/],
  ['a sum without the last output', inputs(5, [7, 7]), /nothing takes tensor 12, where res1_2 is expected, ADD/],
  [
    'weights that are computed',
    inputs(1, [2, 7, 4]),
    /operator 1 \(CONV_2D\) has no constant as input 1, expected one of FLOAT32/,
  ],
  ['an input taken twice', inputs(1, [2, 0, 4]), /operator 1 \(CONV_2D\) takes tensor 0 a second time/],
  [
    'weights of another shape',
    shaped(3, [2, 3, 9]),
    /operator 1 \(CONV_2D\) has weights 2 x 3 x 9, expected 2 x 3 x 3 x 3/,
  ],
  [
    'weights that are too short',
    shaped(3, [2, 3, 3, 4]),
    /operator 1 \(CONV_2D\) has 216 bytes for its input 1, .* expected 288/,
  ],
  ['another input', shaped(0, [1, 96, 112, 3]), /its inputs are 96 x 112 x 3, expected 112 x 96 x 3/],
  ['two outputs', { ...tfliteVariant(), outputs: [1, 2] }, /its outputs are the tensors 1, 2, expected \d+ alone/],
  ['an operator beside the way', extended(), /operator \d+ \(NEG\) is not on the way from the input to the output/],
  ['a circle', inputs(0, [7, 1]), /nothing takes tensor 0, where conv1_1 is expected, PAD or CONV_2D/],
  ['two operators for a tensor', outputs(2, [2]), /operator 2 \(PRELU\) computes tensor 2, as another operator does/],
  ['tensors that are not there', inputs(1, [2, 900, -5]), /operator 1 \(CONV_2D\) has nothing as input 1/],
];
for (const [what, graph, message] of refused) {
  test(`refuses a graph with ${what}`, () =>
    assert.throws(
      () => smallWeightsOf(read(graph)),
      (error) => {
        assert.ok(error instanceof LoadGenError, String(error));
        assert.equal(error.code, 'MODEL_IMPORT');
        assert.match(error.message, /^x\.tflite is another network than Sphereface-20: /);
        assert.match(error.message, message);
        return true;
      },
    ));
}

function bytesOf(values: Float32Array | undefined): Uint8Array {
  return Buffer.from(values?.buffer ?? new ArrayBuffer(0));
}

type OperatorKind =
  | { type: Exclude<GraphOperator['type'], 'CONV_2D'> }
  | { type: 'CONV_2D'; padding: 'SAME' | 'VALID'; stride: number };

/** With operator `index` replaced by one of another kind. */
function changed(index: number, kind: OperatorKind): TfliteGraph {
  const graph = tfliteVariant();
  const operators = graph.operators.map(({ inputs, outputs, ...own }, i) => ({
    ...(i === index ? kind : own),
    inputs,
    outputs,
  }));
  return { ...graph, operators: operators as GraphOperator[] };
}

function inputs(index: number, tensors: number[]): TfliteGraph {
  const graph = tfliteVariant();
  return { ...graph, operators: graph.operators.map((own, i) => (i === index ? { ...own, inputs: tensors } : own)) };
}

function outputs(index: number, tensors: number[]): TfliteGraph {
  const graph = tfliteVariant();
  return { ...graph, operators: graph.operators.map((own, i) => (i === index ? { ...own, outputs: tensors } : own)) };
}

function shaped(tensor: number, shape: number[]): TfliteGraph {
  const graph = tfliteVariant();
  return { ...graph, tensors: graph.tensors.map((own, i) => (i === tensor ? { ...own, shape } : own)) };
}

function extended(): TfliteGraph {
  const graph = tfliteVariant();
  const tensors = [...graph.tensors, { name: 'more', shape: [1] }];
  return {
    ...graph,
    tensors,
    operators: [...graph.operators, { type: 'NEG', inputs: [1], outputs: [tensors.length - 1] }],
  };
}
