import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createEngine, formats } from '../../sut/engines/tfjsTflite.js';
import { loadModel } from '../../sut/loadModel.js';
import { SPHEREFACE20_SHAPE } from '../../sut/networks/sphereface20.js';
import { readModelFile } from '../../sut/readModelFile.js';
import { preluModel } from '../tflite/preluModel.js';
import { WEIGHTS_FILE } from './referenceFaces.js';

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'load-model-'));
});
after(() => rm(folder, { recursive: true }));

async function loaded(name: string, content: Uint8Array) {
  const file = join(folder, name);
  await writeFile(file, content);
  return loadModel({ formats, file });
}

test('a .tflite file is taken as it is', async () => {
  const content = preluModel([1, 2, 2, 1], [1]);
  assert.deepEqual(await loaded('own.tflite', content), {
    name: 'model from own.tflite',
    network: SPHEREFACE20_SHAPE,
    format: 'tflite',
    files: [{ name: 'own.tflite', content: Buffer.from(content) }],
  });
});

test('an engine refuses a .tflite file of other shapes, naming both', async () => {
  const model = await loaded('other.tflite', preluModel([1, 2, 2, 1], [1]));
  await assert.rejects(createEngine(model, { precision: 'fp32', threads: 1 }), {
    code: 'MODEL_SHAPE',
    message:
      'model from other.tflite is a network from 1x2x2x1 float32 to 1x2x2x1 float32, expected one from 1x112x96x3 float32 to 1x512 float32',
  });
});

for (const [name, content, code, message] of [
  ['text.tflite', 'once upon a time', 'TFLITE_FORMAT', /text\.tflite is not a TFLite file/],
  ['text.safetensors', 'once upon a time', 'MODEL_SAFETENSORS', /text\.safetensors announces a header/],
  ['model.pb', '', 'MODEL_FORMAT', /model\.pb is no model, expected a name that ends with \.safetensors or \.tflite/],
] as const) {
  test(`refuses ${name}`, async () => {
    await assert.rejects(loaded(name, Buffer.from(content)), { code, message });
  });
}

test('an .onnx file is taken as it is by an engine that loads the format, and refused for another', async () => {
  const file = join(folder, 'own.onnx');
  await writeFile(file, Uint8Array.of(8, 9));
  const model = await loadModel({ formats: ['onnx'], file, precision: 'int8' });
  assert.equal(model.format, 'onnx');
  assert.deepEqual(model.files, [{ name: 'own.onnx', content: Buffer.of(8, 9) }]);
  await assert.rejects(loadModel({ formats: ['tflite'], file }), {
    code: 'MODEL_FORMAT',
    message: /own\.onnx is not for sphereface20 on this engine/,
  });
});

test('for 8 bits the weights come with their activation ranges', async () => {
  const [, ranges, ...others] = (await loadModel({ formats: ['safetensors'], precision: 'int8' })).files;
  assert.equal(ranges?.name, 'activationRanges.json');
  assert.deepEqual(others, []);
  assert.equal((await loadModel({ formats: ['safetensors'] })).files.length, 1);
});

test('weights of others have no activation ranges', async () => {
  const content = Buffer.from(await readFile(WEIGHTS_FILE));
  // The lowest bit of the last weight.
  content[content.length - 4] = (content.at(-4) ?? 0) ^ 1;
  const file = join(folder, 'changed.safetensors');
  await writeFile(file, content);
  await loadModel({ formats: ['onnx'], file });
  await assert.rejects(loadModel({ formats: ['onnx'], file, precision: 'int8' }), {
    code: 'MODEL_NOT_CALIBRATED',
    message: /changed\.safetensors has the SHA-256 \w{64}: activation ranges .* for the weights e7cebb87\w{56} only/,
  });
});

for (const name of ['missing.tflite', '']) {
  test(`refuses ${name === '' ? 'a folder' : 'a file that is not there'}`, async () => {
    await assert.rejects(loadModel({ formats, file: join(folder, name) }), {
      code: 'MODEL_READ',
      message: /cannot be read/,
    });
  });
}

test('a file with a pinned digest is read only if it has that digest', async () => {
  const file = join(folder, 'abc');
  await writeFile(file, 'abc');
  // The first test vector of FIPS 180-2.
  const sha256 = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
  assert.deepEqual(await readModelFile(file, sha256), Buffer.from('abc'));
  await writeFile(file, 'abd');
  await assert.rejects(readModelFile(file, sha256), { code: 'MODEL_DIGEST', message: /abc has the SHA-256 a52d159f/ });
});
