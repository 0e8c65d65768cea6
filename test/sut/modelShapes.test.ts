import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkTfliteShapes } from '../../sut/modelShapes.js';
import { testModel } from './testModel.js';

const float32 = (...shape: number[]) => ({ shape, dataType: 'float32' });
const int8 = (...shape: number[]) => ({ shape, dataType: 'int8' });
const image = float32(1, 112, 96, 3);
const embedding = float32(1, 512);

for (const batch of [1, 2, 7]) {
  test(`takes a network of ${batch} images at a time`, () => {
    const output = float32(batch, 512);
    for (const [layout, shape] of [
      ['NHWC', [112, 96, 3]],
      ['NCHW', [3, 112, 96]],
    ] as const) {
      const input = float32(batch, ...shape);
      assert.deepEqual(checkTfliteShapes([input], [output], testModel), { batch, layout, input, output });
    }
  });
}

for (const [what, inputs, outputs, found] of [
  ['nothing', [], [], ' to '],
  ['two inputs', [image, image], [embedding], '1x112x96x3 float32, 1x112x96x3 float32 to 1x512 float32'],
  ['two outputs', [image], [embedding, embedding], '1x112x96x3 float32 to 1x512 float32, 1x512 float32'],
  ['int8', [int8(1, 112, 96, 3)], [int8(1, 512)], '1x112x96x3 int8 to 1x512 int8'],
  ['the channels between', [float32(1, 112, 3, 96)], [embedding], '1x112x3x96 float32 to 1x512 float32'],
  ['a batch of none', [float32(0, 112, 96, 3)], [float32(0, 512)], '0x112x96x3 float32 to 0x512 float32'],
  ['a batch that is not known', [float32(-1, 112, 96, 3)], [embedding], '-1x112x96x3 float32 to 1x512 float32'],
  ['no dimensions', [float32()], [float32()], ' float32 to  float32'],
] as const) {
  test(`refuses ${what}`, () => {
    assert.throws(() => checkTfliteShapes(inputs, outputs, testModel), {
      code: 'MODEL_SHAPE',
      message: `test model is a network from ${found}, expected one from 1x112x96x3 float32 to 1x512 float32`,
    });
  });
}

test('refuses an output of another batch than the input', () => {
  assert.throws(() => checkTfliteShapes([float32(2, 112, 96, 3)], [embedding], testModel), {
    code: 'MODEL_SHAPE',
    message:
      'test model is a network from 2x112x96x3 float32 to 1x512 float32, expected one from 2x112x96x3 float32 to 2x512 float32',
  });
});
