import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { loadModel } from '../../sut/loadModel.js';
import { SPHEREFACE20 } from '../../sut/sphereface20/network.js';
import { readWeights } from '../../sut/sphereface20/readWeights.js';
import { WEIGHTS_FILE } from '../sut/referenceFaces.js';
import { temporaryFile, temporaryFolder } from './loadgen.js';
import { loadgen } from './loadgenHere.js';

const OUR_WEIGHTS = fileURLToPath(WEIGHTS_FILE);
const OTHER_NETWORK = fileURLToPath(new URL('../../../test/fixtures/torch/zip.pth', import.meta.url));

const headerSchema = z.object({ __metadata__: z.object({ sourceKind: z.string(), sourceSha256: z.string() }) });

test('what model export writes is imported bit by bit, with its digest, and can be run', async (t) => {
  const folder = await temporaryFolder(t);
  assert.equal((await loadgen(['model', 'export', '--format', 'tflite', '--output', folder])).exitCode, 0);
  const source = join(folder, 'sphereface20.tflite');
  const output = join(folder, 'imported.safetensors');
  const { exitCode, stdout, stderr } = await loadgen(['model', 'import', source, '--output', output]);
  assert.equal(exitCode, 0, stderr);
  const content = await readFile(output);
  const sourceSha256 = sha256Of(await readFile(source));
  assert.ok(stdout.includes(`TFLite, SHA-256 ${sourceSha256}`), stdout);
  assert.ok(stdout.includes(`${content.length} bytes, SHA-256 ${sha256Of(content)}`), stdout);
  const header: unknown = JSON.parse(content.subarray(8, 8 + content.readUInt32LE(0)).toString());
  assert.deepEqual(headerSchema.parse(header).__metadata__, { sourceKind: 'TFLite', sourceSha256 });
  const imported = readWeights(content, output, SPHEREFACE20);
  for (const [name, values] of readWeights(await readFile(OUR_WEIGHTS), OUR_WEIGHTS, SPHEREFACE20)) {
    assert.ok(Buffer.from(values.buffer).equals(Buffer.from(imported.get(name)?.buffer ?? new ArrayBuffer(0))), name);
  }
  assert.equal((await loadModel({ formats: ['tflite'], file: output })).name, 'model from imported.safetensors');
});

test('a file that is there is overwritten only with --force', async (t) => {
  const output = await temporaryFile(t, 'mine.safetensors', 'mine');
  const args = ['model', 'import', OUR_WEIGHTS, '--output', output];
  const refused = await loadgen(args);
  assert.equal(refused.exitCode, 2);
  assert.match(refused.stderr, /CLI_OUTPUT: .*mine\.safetensors is there already/);
  assert.equal(await readFile(output, 'utf8'), 'mine');
  assert.equal((await loadgen([...args, '--force'])).exitCode, 0);
  assert.equal((await readFile(output)).length, 90_687_840);
});

for (const [what, file, message] of [
  ['weights of another network', OTHER_NETWORK, /MODEL_WEIGHTS: .*zip\.pth does not hold the weights of this network/],
  ['a file of another kind', 'weights.npz', /MODEL_IMPORT: weights\.npz cannot be imported, expected .*\.caffemodel/],
  ['a file that is not there', 'missing.pth', /MODEL_READ: the model missing\.pth cannot be read/],
] as const) {
  test(`refuses ${what}, and writes nothing`, async (t) => {
    const output = join(await temporaryFolder(t), 'out.safetensors');
    const { exitCode, stderr } = await loadgen(['model', 'import', file, '--output', output]);
    assert.equal(exitCode, 2);
    assert.match(stderr, message);
    await assert.rejects(readFile(output), { code: 'ENOENT' });
  });
}

test('the output has to be named as what it is', async () => {
  const { exitCode, stderr } = await loadgen(['model', 'import', OUR_WEIGHTS, '--output', 'x.bin']);
  assert.equal(exitCode, 2);
  assert.match(stderr, /^--output must end with \.safetensors/);
});

function sha256Of(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
