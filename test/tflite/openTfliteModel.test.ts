import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import fc from 'fast-check';
import { LoadGenError } from '../../base/errors.js';
import { openTfliteModel, wasmRuntime } from '../../tflite/openTfliteModel.js';
import { preluModel } from './preluModel.js';

const bytes = preluModel([1, 1, 2, 2], [0.5, 2]);

test('runs a model: tensors by name, type and shape, values in and out', async () => {
  const model = await openTfliteModel(bytes);
  const [input] = model.inputs;
  const [output] = model.outputs;
  assert.deepEqual([input?.name, input?.dataType, input?.shape], ['image', 'float32', [1, 1, 2, 2]]);
  assert.deepEqual([output?.name, output?.dataType, output?.shape], ['result', 'float32', [1, 1, 2, 2]]);
  input?.data().set([1, -1, -2, 2]);
  model.invoke();
  assert.deepEqual(output?.data().slice(), Float32Array.of(1, -2, -1, 2));
  model.close();
});

test('two models at a time keep apart', async () => {
  const models = await Promise.all([openTfliteModel(bytes), openTfliteModel(preluModel([1, 1, 1, 1], [3]))]);
  for (const model of models) model.inputs[0]?.data().fill(-1);
  for (const model of models) model.invoke();
  assert.deepEqual(
    models.map((model) => [...(model.outputs[0]?.data() ?? [])]),
    [[-0.5, -2, -0.5, -2], [-3]],
  );
  for (const model of models) model.close();
});

test('opening and closing a model again and again does not take more memory', async () => {
  const big = preluModel([1, 512, 512, 4], [1, 2, 3, 4]);
  const openAndClose = async (times: number) => {
    for (let i = 0; i < times; i++) {
      const model = await openTfliteModel(big);
      model.invoke();
      model.close();
    }
    return (await wasmRuntime()).api.HEAPU8.length;
  };
  const memory = await openAndClose(3);
  assert.equal(await openAndClose(50), memory);
});

test('a closed model refuses to run, and may be closed again', async () => {
  const model = await openTfliteModel(bytes, 'x.tflite');
  model.close();
  model.close();
  for (const use of [model.invoke, () => model.inputs[0]?.data()]) {
    assert.throws(use, { code: 'TFLITE_INVOKE', message: /^x\.tflite was closed/ });
  }
});

for (const [what, content, code, message] of [
  ['nothing', new Uint8Array(0), 'TFLITE_FORMAT', /^x\.tflite is not a TFLite file: "" at byte 4 of 0/],
  [
    'text',
    Buffer.from('once upon a time'),
    'TFLITE_FORMAT',
    /x\.tflite is not a TFLite file: " upo" at byte 4 of 16, expected "TFL3"/,
  ],
  ['the identifier and no more', Buffer.from('....TFL3'), 'TFLITE_MODEL_REFUSED', /refuses x\.tflite: /],
  ['half of a model', bytes.subarray(0, bytes.length / 2), 'TFLITE_MODEL_REFUSED', /refuses x\.tflite: /],
] as const) {
  test(`refuses ${what}, and goes on with the next model`, async () => {
    await assert.rejects(openTfliteModel(content, 'x.tflite'), { code, message });
    (await openTfliteModel(bytes)).close();
  });
}

test('whatever byte of a model is changed, it opens or is refused, never anything else', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(bytes.length - 1), fc.nat(255), async (position, value) => {
      const changed = bytes.slice();
      changed[position] = value;
      try {
        (await openTfliteModel(changed)).close();
      } catch (thrown) {
        assert.ok(thrown instanceof LoadGenError, String(thrown));
      }
    }),
    { numRuns: 300 },
  );
});

test('the runtime prints nothing', () => {
  const module = (name: string) => JSON.stringify(new URL(name, import.meta.url).href);
  const program = `
    const { openTfliteModel } = await import(${module('../../tflite/openTfliteModel.js')});
    const { preluModel } = await import(${module('./preluModel.js')});
    const bytes = preluModel([1, 1, 1, 1], [1]);
    (await openTfliteModel(bytes)).invoke();
    await openTfliteModel(bytes.subarray(0, 100)).catch(() => {});`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', program], {
    encoding: 'utf8',
  });
  assert.deepEqual({ status, stdout, stderr }, { status: 0, stdout: '', stderr: '' });
});
