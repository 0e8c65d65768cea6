import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { checkUsable } from '../../sut/engines/onnxruntime.js';
import { channelMeans, WEIGHTS } from '../onnx/channelMeans.js';
import { externalOnnx } from '../onnx/externalOnnx.js';
import { temporaryFolder } from './loadgen.js';
import { loadgen } from './loadgenHere.js';

const unusable = await checkUsable().then(
  () => false,
  () => 'onnxruntime-node is not installed',
);
const RUN = ['run', '--sut', 'onnxruntime', '--pairs', '2', '--mode', 'AccuracyOnly'];

test('a model with the channels first is said to be one, once', { skip: unusable }, async (t) => {
  const folder = await temporaryFolder(t);
  const model = join(folder, 'nchw.onnx');
  writeFileSync(model, channelMeans('NCHW', WEIGHTS));
  const { stderr } = await loadgen([...RUN, '--model', model, '--output', join(folder, 'run')]);
  const lines = stderr.split('\n').filter((line) => line.includes('NCHW'));
  assert.deepEqual(lines, [
    'model from nchw.onnx: images are given as NCHW, transposed from NHWC, within the measured time',
  ]);
});

test('weights beside a model tell it from another one, wherever it is run', { skip: unusable }, async (t) => {
  const runs: string[] = [];
  const digests = new Set<string>();
  for (const weights of [WEIGHTS, WEIGHTS.toReversed()]) {
    const folder = await temporaryFolder(t);
    const { model, data } = externalOnnx(channelMeans('NHWC', weights), 'model.onnx_data');
    writeFileSync(join(folder, 'model.onnx'), model);
    writeFileSync(join(folder, 'model.onnx_data'), data);
    const output = join(folder, 'run');
    // From the model's folder, and from another one.
    const [path, cwd] = runs.length === 0 ? ['model.onnx', folder] : [join(folder, 'model.onnx'), undefined];
    const args = [...RUN, '--scenario', 'Offline', '--model', path, '--output', output];
    const { exitCode, stderr } = await loadgen(args, cwd === undefined ? {} : { cwd });
    assert.equal(exitCode, 0, stderr);
    const log = await readFile(join(output, 'Offline', 'accuracy', 'mlperf_log_detail.txt'), 'utf8');
    digests.add(/"key": "sut_model_sha256", "value": "(\w+)"/.exec(log)?.[1] ?? '');
    const info = JSON.parse((await loadgen(['model', 'info', join(folder, 'model.onnx'), '--json'])).stdout);
    assert.deepEqual(
      info.files.map(({ name }: { name: string }) => name),
      ['model.onnx', 'model.onnx_data'],
    );
    runs.push(output);
  }
  assert.equal(digests.size, 2);
  const compared = await loadgen(['compare', ...runs]);
  assert.match(`${compared.stdout}${compared.stderr}`, /OTHER_MODEL/);
});
