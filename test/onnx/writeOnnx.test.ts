import assert from 'node:assert/strict';
import { test } from 'node:test';
import { operatorTypes } from '../../onnx/onnxProto.js';
import { type OnnxConstant, writeOnnx } from '../../onnx/writeOnnx.js';
import { decodeOnnx } from './decodeOnnx.js';

const CONSTANTS: readonly OnnxConstant[] = [
  { name: 'float32', shape: [2, 1], values: Float32Array.of(1.5, -2) },
  { name: 'int32', shape: [2], values: Int32Array.of(-1, 258) },
  { name: 'int8', shape: [], values: Int8Array.of(-1) },
  { name: 'uint8', shape: [1], values: Uint8Array.of(255).subarray(0) },
];

const content = writeOnnx({
  name: 'test graph',
  description: 'for a test',
  inputs: [{ name: 'x', shape: ['batch', 3] }],
  outputs: [{ name: 'y' }],
  constants: CONSTANTS,
  nodes: [
    { type: 'Relu', inputs: ['x'], output: 'r' },
    { type: 'Conv', inputs: ['r', 'float32'], output: 'y', attributes: { pads: [1, 2, 300, 4], group: 1 } },
  ],
});
const model = decodeOnnx(content);

test('a file says its version, its operators and its graph', () => {
  assert.equal(model.irVersion, 7);
  assert.deepEqual(model.opsetImport, [{ domain: '', version: 13 }]);
  assert.equal(model.docString, 'for a test');
  assert.equal(model.graph.name, 'test graph');
});

test('a size with a name is free, and a shape may be left out', () => {
  const { input, output } = model.graph;
  assert.deepEqual(input, [
    { name: 'x', type: { tensorType: { elemType: 1, shape: { dim: [{ dimParam: 'batch' }, { dimValue: 3 }] } } } },
  ]);
  assert.deepEqual(output, [{ name: 'y', type: { tensorType: { elemType: 1 } } }]);
});

test('nodes keep their order, inputs and attributes', () => {
  assert.deepEqual(model.graph.node, [
    { name: 'r', opType: 'Relu', input: ['x'], output: ['r'] },
    {
      name: 'y',
      opType: 'Conv',
      input: ['r', 'float32'],
      output: ['y'],
      attribute: [
        { name: 'pads', type: 'INTS', ints: [1, 2, 300, 4] },
        { name: 'group', type: 'INT', i: 1 },
      ],
    },
  ]);
});

for (const [position, name, dims, dataType, bytes] of [
  [0, 'float32', [2, 1], 1, [0, 0, 0xc0, 0x3f, 0, 0, 0, 0xc0]],
  [1, 'int32', [2], 6, [0xff, 0xff, 0xff, 0xff, 2, 1, 0, 0]],
  [2, 'int8', undefined, 3, [0xff]],
  [3, 'uint8', [1], 2, [0xff]],
] as const) {
  test(`a constant of ${name} has its type, shape and little-endian bytes`, () => {
    const tensor = model.graph.initializer?.[position];
    assert.deepEqual(tensor, { name, dataType, rawData: Buffer.from(bytes), ...(dims && { dims }) });
  });
}

test('a part of an array is written, not what lies around it', () => {
  const values = Float32Array.of(7, 8, 9).subarray(1, 2);
  const part = decodeOnnx(
    writeOnnx({
      name: '',
      description: '',
      inputs: [],
      outputs: [],
      nodes: [],
      constants: [{ name: 'c', shape: [1], values }],
    }),
  );
  assert.deepEqual(part.graph.initializer?.[0]?.rawData, Buffer.from(Float32Array.of(8).buffer));
});

test('the operators of a file are told', () => {
  assert.deepEqual([...operatorTypes(content)], ['Relu', 'Conv']);
});

test('what is no ONNX file has no operators to tell', () => {
  for (const bytes of [Buffer.from('once upon a time'), Buffer.alloc(0), content.subarray(0, -5)]) {
    assert.throws(() => operatorTypes(bytes));
  }
});
