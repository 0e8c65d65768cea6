import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createEngine } from '../../sut/engines/tfjsTflite.js';
import { loadModel } from '../../sut/loadModel.js';
import { preluModel } from '../tflite/preluModel.js';

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'load-model-'));
});
after(() => rm(folder, { recursive: true }));

async function loaded(name: string, content: Uint8Array) {
  const file = join(folder, name);
  await writeFile(file, content);
  return loadModel(file);
}

test('a .tflite file is taken as it is', async () => {
  const content = preluModel([1, 2, 2, 1], [1]);
  assert.deepEqual(await loaded('own.tflite', content), {
    name: 'model from own.tflite',
    tflite: Buffer.from(content),
  });
});

test('an engine refuses a .tflite file of other shapes, naming both', async () => {
  const model = await loaded('other.tflite', preluModel([1, 2, 2, 1], [1]));
  await assert.rejects(createEngine(model), {
    code: 'MODEL_SHAPE',
    message:
      'model from other.tflite is a network from 1x2x2x1 float32 to 1x2x2x1 float32, expected one from 1x112x96x3 float32 to 1x512 float32',
  });
});

for (const [name, content, code, message] of [
  ['text.tflite', 'once upon a time', 'TFLITE_FORMAT', /text\.tflite is not a TFLite file/],
  ['text.safetensors', 'once upon a time', 'MODEL_SAFETENSORS', /text\.safetensors announces a header/],
  ['model.onnx', '', 'MODEL_FORMAT', /model\.onnx is no model: its name ends with neither/],
] as const) {
  test(`refuses ${name}`, async () => {
    await assert.rejects(loaded(name, Buffer.from(content)), { code, message });
  });
}

for (const name of ['missing.tflite', '']) {
  test(`refuses ${name === '' ? 'a folder' : 'a file that is not there'}`, async () => {
    await assert.rejects(loadModel(join(folder, name)), { code: 'MODEL_READ', message: /cannot be read/ });
  });
}
