/** Models that consist of several files. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { engineFactsOf } from '../../sut/closableSystemUnderTest.js';
import { engineConfiguration } from '../../sut/engineConfiguration.js';
import { checkUsable, createEngine } from '../../sut/engines/onnxruntime.js';
import { loadModel } from '../../sut/loadModel.js';
import { readModelInfo } from '../../sut/modelInfo/modelInfo.js';
import { EMBEDDING_VALUES, INPUT_VALUES } from '../../sut/networks/sphereface20.js';
import { IN_THREAD } from '../../sut/placement.js';
import { createSystemUnderTest } from '../../sut/systemsUnderTest.js';
import { importWeights } from '../../sut/weightsImport/importWeights.js';
import { channelMeans, WEIGHTS } from '../onnx/channelMeans.js';
import { externalOnnx } from '../onnx/externalOnnx.js';
import { pairInputsOf } from './pairInputsOf.js';

const unusable = await checkUsable().then(
  () => false,
  () => 'onnxruntime-node is not installed',
);

const INPUTS = Float32Array.from({ length: 2 * INPUT_VALUES }, (_, i) => (i % 3) + Math.floor(i / INPUT_VALUES));
/** 0 x 0 + 1 x 1 + 2 x 2, and of the second image 0 x 1 + 1 x 2 + 2 x 3. */
const EXPECTED = [5, 8];

function temporaryFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'external-data-'));
  t.after(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** A model of two files in a folder. */
function writtenModel(
  t: TestContext,
  location = 'model.onnx_data',
  weights = WEIGHTS,
): { folder: string; file: string } {
  const folder = temporaryFolder(t);
  const { model, data } = externalOnnx(channelMeans('NHWC', weights), location);
  const file = join(folder, 'model.onnx');
  writeFileSync(file, model);
  mkdirSync(join(folder, 'weights'));
  if (!location.includes('..') && !location.startsWith('/')) writeFileSync(join(folder, location), data);
  return { folder, file };
}

const load = (file: string) => loadModel({ formats: ['onnx'], file });

async function embeddings(file: string) {
  const model = await load(file);
  const engine = await createEngine(model, { precision: 'fp32', threads: 1 });
  const outputs = new Float32Array(2 * EMBEDDING_VALUES);
  await engine.infer(INPUTS, outputs);
  await engine.close();
  const rounded = [outputs[0], outputs[EMBEDDING_VALUES]].map((value) => Math.round((value ?? 0) * 1000) / 1000);
  return { rounded, configuration: engineConfiguration(engineFactsOf(engine), model) };
}

for (const location of ['model.onnx_data', './model.onnx_data', 'weights/a b.bin']) {
  test(`weights in ${location} are found beside the model, and are of its digest and info`, {
    skip: unusable,
  }, async (t) => {
    const { file } = writtenModel(t, location);
    const { rounded, configuration } = await embeddings(file);
    assert.deepEqual(rounded, EXPECTED);
    const info = await readModelInfo(file);
    assert.deepEqual(
      info.files.map(({ name }) => name),
      ['model.onnx', location],
    );
    assert.equal(info.parameters, WEIGHTS.length);
    const shuffled = writtenModel(t, location, WEIGHTS.toReversed());
    const other = await embeddings(shuffled.file);
    assert.notEqual(configuration.modelSha256, other.configuration.modelSha256);
  });
}

test("the network's own model with its large constants in a file beside it is the same, and with other weights another", {
  skip: unusable,
}, async (t) => {
  const folder = temporaryFolder(t);
  const [{ content }] = (await loadModel({ formats: ['onnx'] })).files;
  writeFileSync(join(folder, 'whole.onnx'), content);
  const { model, data } = externalOnnx(content, 'model.onnx_data', undefined, 1024);
  assert.ok(model.length > 20_000 && model.length < 200_000);
  writeFileSync(join(folder, 'model.onnx'), model);
  writeFileSync(join(folder, 'model.onnx_data'), data);
  const whole = await ownEmbedding(join(folder, 'whole.onnx'));
  const split = await ownEmbedding(join(folder, 'model.onnx'));
  assert.deepEqual(split.embedding, whole.embedding);
  const weights = new Float32Array(data.slice().buffer);
  weights.subarray(0, weights.length / 2).reverse();
  writeFileSync(join(folder, 'model.onnx_data'), new Uint8Array(weights.buffer));
  const other = await ownEmbedding(join(folder, 'model.onnx'));
  assert.notDeepEqual(other.embedding, split.embedding);
  assert.equal(new Set([whole, split, other].map(({ sha256 }) => sha256)).size, 3);
});

async function ownEmbedding(file: string): Promise<{ embedding: Float32Array; sha256: unknown }> {
  const model = await load(file);
  const engine = await createEngine(model, { precision: 'fp32', threads: 1 });
  const embedding = new Float32Array(EMBEDDING_VALUES);
  await engine.infer(INPUTS.subarray(0, INPUT_VALUES), embedding);
  await engine.close();
  return { embedding, sha256: engineConfiguration(engineFactsOf(engine), model).modelSha256 };
}

for (const [what, location, prepare] of [
  ['a path out of the folder', '../secret', () => {}],
  ['an absolute path', '/etc/passwd', () => {}],
  ['a path out of the folder by its middle', 'weights/../../secret', () => {}],
  ['a drive of Windows', 'C:\\secret', () => {}],
  ['a link out of the folder', 'link', (folder: string) => symlinkSync('/etc/passwd', join(folder, 'link'))],
  ['a folder that is a link out of it', 'up/passwd', (folder: string) => symlinkSync('/etc', join(folder, 'up'))],
] as const) {
  test(`refuses ${what}`, async (t) => {
    const folder = temporaryFolder(t);
    const file = join(folder, 'model.onnx');
    writeFileSync(file, externalOnnx(channelMeans('NHWC', WEIGHTS), location).model);
    prepare(folder);
    const expected = { code: 'MODEL_READ', message: /expected one inside the model's folder$/ };
    await assert.rejects(load(file), expected);
    await assert.rejects(readModelInfo(file), expected);
  });
}

test('refuses weights that are missing, too short, a folder, or a pointer to them, naming the file', async (t) => {
  const { folder, file } = writtenModel(t);
  const data = join(folder, 'model.onnx_data');
  writeFileSync(data, new Uint8Array(100));
  await assert.rejects(load(file), {
    code: 'ONNX_FORMAT',
    message: /found tensor weights in bytes 0 to 6144 of model\.onnx_data, expected at most its 100$/,
  });
  writeFileSync(data, 'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 6144\n');
  await assert.rejects(load(file), { code: 'MODEL_FORMAT', message: /onnx_data: found a Git LFS pointer, expected/ });
  rmSync(data);
  await assert.rejects(load(file), { code: 'MODEL_READ', message: /model\.onnx_data cannot be read: ENOENT/ });
  mkdirSync(data);
  await assert.rejects(load(file), { code: 'MODEL_READ', message: /model\.onnx_data cannot be read: found a folder/ });
});

test('a model with the channels first is given them so, which its configuration states', {
  skip: unusable,
}, async (t) => {
  const file = join(temporaryFolder(t), 'nchw.onnx');
  writeFileSync(file, channelMeans('NCHW', WEIGHTS));
  const { rounded, configuration } = await embeddings(file);
  assert.deepEqual(rounded, EXPECTED);
  assert.equal(configuration.inputLayout, 'NCHW, transposed from NHWC');
  assert.equal((await embeddings(writtenModel(t).file)).configuration.inputLayout, undefined);
  const inputs = pairInputsOf(new Float32Array(0));
  const inWorker = { inputs, modelFile: file, placement: { ...IN_THREAD, workers: 1 } };
  const pool = await createSystemUnderTest('onnxruntime', inWorker);
  await pool.close();
  assert.equal(pool.configuration.inputLayout, configuration.inputLayout);
});

const CONTENTS: readonly (readonly [name: string, content: string | Uint8Array])[] = [
  ['a zip archive', 'PK\x03\x04'],
  ['a gzip archive', gzipSync('model')],
  ['a Git LFS pointer', 'version https://git-lfs.github.com/spec/v1\n'],
  ['a web page (HTML)', '<!DOCTYPE html>\n<title>Sign in</title>'],
  ['an XML document', '<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>'],
];
for (const [found, content] of CONTENTS) {
  for (const name of ['model.onnx', 'model.tflite', 'model.safetensors', 'model.json']) {
    test(`${found} in place of ${name} is named`, async (t) => {
      const file = join(temporaryFolder(t), name);
      writeFileSync(file, content);
      const expected = { code: 'MODEL_FORMAT', message: `${file}: found ${found}, expected a model` };
      await assert.rejects(loadModel({ formats: ['onnx', 'tflite', 'tfjs'], file }), expected);
      await assert.rejects(readModelInfo(file), expected);
      if (name.endsWith('.json') || name.endsWith('.onnx')) return;
      await assert.rejects(importWeights(file), expected);
    });
  }
}
