import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { z } from 'zod';
import { WEIGHTS_FILE } from '../sut/referenceFaces.js';
import { temporaryFile, temporaryFolder } from './loadgen.js';
import { loadgen } from './loadgenHere.js';

const infoSchema = z.object({
  format: z.string(),
  inputs: z.array(z.object({ shape: z.array(z.number()), type: z.string() })),
  operators: z.record(z.string(), z.number()),
  files: z.array(z.object({ name: z.string(), sha256: z.string() })),
});

test('what is exported is what info reads', async (t) => {
  const output = join(await temporaryFolder(t), 'new', 'folder');
  const exported = await loadgen(['model', 'export', '--format', 'tfjs', '--output', output]);
  assert.equal(exported.exitCode, 0, exported.stderr);
  const { stdout } = await loadgen(['model', 'info', join(output, 'model.json'), '--json']);
  const info = infoSchema.parse(JSON.parse(stdout));
  assert.equal(info.format, 'tfjs');
  assert.deepEqual(info.inputs, [{ shape: [-1, 112, 96, 3], type: 'float32' }]);
  assert.equal(info.operators._FusedConv2D, 20);
  assert.deepEqual(
    info.files.map(({ name }) => name),
    ['model.json', 'group1-shard1of1.bin'],
  );
  for (const { name, sha256 } of info.files) {
    assert.equal(
      createHash('sha256')
        .update(await readFile(join(output, name)))
        .digest('hex'),
      sha256,
    );
    assert.ok(exported.stdout.includes(sha256), name);
  }
});

for (const [form, args, input, output] of [
  ['for converters', ['onnx', '--native-prelu', '--layout', 'NCHW', '--batch', '1'], [1, 3, 112, 96], 'PRelu'],
  ['in 8 bits', ['onnx', '--precision', 'int8', '--batch', '4'], [4, 112, 96, 3], 'QuantizeLinear'],
  ['in 8 bits for TFLite', ['tflite', '--precision', 'int8'], [1, 112, 96, 3], 'QUANTIZE'],
  ['for two images', ['tflite', '--batch', '2'], [2, 112, 96, 3], 'CONV_2D'],
] as const) {
  test(`the network is exported ${form}`, async (t) => {
    const folder = await temporaryFolder(t);
    const [format] = args;
    const exported = await loadgen(['model', 'export', '--output', folder, '--format', ...args]);
    assert.equal(exported.exitCode, 0, exported.stderr);
    const { stdout } = await loadgen(['model', 'info', join(folder, `sphereface20.${format}`), '--json']);
    const info = infoSchema.parse(JSON.parse(stdout));
    assert.deepEqual(info.inputs, [{ shape: input, type: 'float32' }]);
    assert.ok((info.operators[output] ?? 0) >= 20, JSON.stringify(info.operators));
  });
}

for (const [form, args, config] of [
  [
    'for any number of images',
    [],
    ['max_batch_size: 256', 'dims: [ 112, 96, 3 ]', 'dims: [ 512 ]', 'dynamic_batching { }'],
  ],
  [
    'for four',
    ['--batch', '4', '--layout', 'NCHW'],
    ['max_batch_size: 0', 'dims: [ 4, 3, 112, 96 ]', 'dims: [ 4, 512 ]'],
  ],
] as const) {
  test(`the network is exported ${form} as a model repository of Triton`, async (t) => {
    const folder = join(await temporaryFolder(t), 'models');
    const exported = await loadgen(['model', 'export', '--format', 'triton', '--output', folder, ...args]);
    assert.equal(exported.exitCode, 0, exported.stderr);
    const text = await readFile(join(folder, 'sphereface20', 'config.pbtxt'), 'utf8');
    for (const part of ['name: "sphereface20"', 'backend: "onnxruntime"', ...config])
      assert.ok(text.includes(part), text);
    assert.equal(text.includes('dynamic_batching'), config.length > 3);
    const { stdout } = await loadgen(['model', 'info', join(folder, 'sphereface20/1/model.onnx'), '--json']);
    const [input] = infoSchema.parse(JSON.parse(stdout)).inputs;
    assert.equal(input?.shape[0], config.length > 3 ? -1 : 4);
  });
}

for (const [args, message] of [
  ['--format tfjs --precision int8', '--precision int8 is not for --format tfjs'],
  ['--format tfjs --batch 2', '--batch is for --format tflite or onnx or triton'],
  ['--format tflite --layout NCHW', '--layout is for --format onnx or triton'],
  ['--format safetensors --native-prelu', '--native-prelu is for --format onnx or triton'],
  ['--format onnx --batch 0', '--batch must be a whole number from 1 to 1024'],
  ['--format onnx --model mine.onnx', '--model must end with .safetensors, found .onnx'],
] as const) {
  test(`model export ${args} is refused: ${message}`, async () => {
    const { exitCode, stderr } = await loadgen(['model', 'export', ...args.split(' '), '--output', 'nowhere']);
    assert.deepEqual([exitCode, stderr.split('\n')[0]], [2, message]);
  });
}

test('files are overwritten only with --force', async (t) => {
  const file = await temporaryFile(t, 'sphereface20.safetensors', 'mine');
  const args = ['model', 'export', '--format', 'safetensors', '--output', join(file, '..')];
  const refused = await loadgen(args);
  assert.equal(refused.exitCode, 2);
  assert.match(refused.stderr, /CLI_OUTPUT: .*sphereface20\.safetensors is there already/);
  assert.equal(await readFile(file, 'utf8'), 'mine');
  assert.equal((await loadgen([...args, '--force'])).exitCode, 0);
  assert.deepEqual(await readFile(file), await readFile(WEIGHTS_FILE));
});

test('a folder that cannot be made is an error that names it', async (t) => {
  const output = join(await temporaryFile(t, 'file', ''), 'folder');
  const { exitCode, stderr } = await loadgen(['model', 'export', '--format', 'safetensors', '--output', output]);
  assert.equal(exitCode, 1);
  assert.ok(stderr.includes(`OUTPUT_WRITE: cannot write to ${output}`), stderr);
});

test('a model.json of the wrong kind is an error that says so', async (t) => {
  const file = await temporaryFile(t, 'model.json', '');
  await writeFile(file, JSON.stringify({ format: 'layers-model' }));
  const { exitCode, stderr } = await loadgen(['model', 'info', file]);
  assert.equal(exitCode, 2);
  assert.match(stderr, /TFJS_MODEL_REFUSED: .*model\.json is no TensorFlow\.js graph model/);
});
