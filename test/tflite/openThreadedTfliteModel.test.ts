import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { describe, test } from 'node:test';
import { loadModel } from '../../sut/loadModel.js';
import type { TfliteModel } from '../../tflite/createTfliteModel.js';
import { openTfliteModel } from '../../tflite/openTfliteModel.js';
import { openThreadedTfliteModel } from '../../tflite/openThreadedTfliteModel.js';
import { MOST_WASM_THREADS } from '../../tflite/wasmThreads.js';
import { preluModel } from './preluModel.js';

const bytes = preluModel([1, 1, 2, 2], [0.5, 2]);

describe('a model on several threads', () => {
  for (const threads of [2, MOST_WASM_THREADS]) {
    test(`${threads} threads give the values of one`, async () => {
      const { files } = await loadModel({ formats: ['tflite'] });
      const one = await openTfliteModel(files[0].content);
      const several = await openThreadedTfliteModel(files[0].content, 'x.tflite', threads);
      assert.deepEqual(outputsOf(several.model), outputsOf(one));
      one.close();
      several.model.close();
      await several.endThreads();
    });
  }

  test('each model has its threads, and ends them when it is closed', {
    skip: process.platform !== 'linux',
  }, async () => {
    const before = threadCount();
    const models = [
      await openThreadedTfliteModel(bytes, 'x.tflite', 2),
      await openThreadedTfliteModel(bytes, 'y.tflite', 3),
    ];
    for (const { model } of models) {
      model.inputs[0]?.data().fill(-1);
      model.invoke();
      assert.deepEqual([...(model.outputs[0]?.data() ?? [])], [-0.5, -2, -0.5, -2]);
    }
    for (const _ of [1, 2]) {
      for (const { model, endThreads } of models) {
        model.close();
        await endThreads();
      }
    }
    assert.throws(() => models[0]?.model.invoke(), { code: 'TFLITE_INVOKE', message: /^x\.tflite was closed/ });
    assert.equal(threadCount(), before);
  });

  test('a refused model leaves no thread', { skip: process.platform !== 'linux' }, async () => {
    const before = threadCount();
    const cut = bytes.subarray(0, bytes.length / 2);
    await assert.rejects(openThreadedTfliteModel(cut, 'x.tflite', 2), { code: 'TFLITE_MODEL_REFUSED' });
    await assert.rejects(openThreadedTfliteModel(new Uint8Array(9), 'x.tflite', 2), { code: 'TFLITE_FORMAT' });
    assert.equal(threadCount(), before);
  });

  test('a process whose model is still open can end', () => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [
        '--input-type=module',
        '--eval',
        `import { openThreadedTfliteModel } from '${new URL('../../tflite/openThreadedTfliteModel.js', import.meta.url)}';
         import { preluModel } from '${new URL('./preluModel.js', import.meta.url)}';
         const { model } = await openThreadedTfliteModel(preluModel([1, 1, 2, 2], [0.5, 2]), 'x.tflite', 2);
         model.invoke();
         console.log(typeof Worker, typeof importScripts);`,
      ],
      { encoding: 'utf8', timeout: 60_000 },
    );
    assert.deepEqual([status, stdout, stderr], [0, 'undefined undefined\n', '']);
  });
});

function outputsOf(model: TfliteModel): number[] {
  const input = model.inputs[0]?.data() ?? new Float32Array();
  for (const index of input.keys()) input[index] = Math.sin(index);
  model.invoke();
  return [...(model.outputs[0]?.data() ?? [])];
}

function threadCount(): number {
  return readdirSync('/proc/self/task').length;
}
