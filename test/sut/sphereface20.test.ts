import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Engine, EngineModel } from '../../sut/engine.js';
import { createEngine, formats } from '../../sut/engines/tfjsTflite.js';
import { createInThreadSut } from '../../sut/inThread.js';
import { loadModel } from '../../sut/loadModel.js';
import { EMBEDDING_VALUES, INPUT_VALUES } from '../../sut/networks/sphereface20.js';
import { IN_THREAD } from '../../sut/placement.js';
import { emitTflite } from '../../sut/sphereface20/emitTflite.js';
import { SPHEREFACE20 } from '../../sut/sphereface20/network.js';
import { readWeights } from '../../sut/sphereface20/readWeights.js';
import { createSystemUnderTest } from '../../sut/systemsUnderTest.js';
import { openTfliteModel } from '../../tflite/openTfliteModel.js';
import { cosine } from './cosine.js';
import { pairInputsOf } from './pairInputsOf.js';
import { FACE_COUNT, referenceFaces, WEIGHTS_FILE } from './referenceFaces.js';
import { runQuery } from './runQuery.js';

const reference = referenceFaces();
const outputs = new Float32Array(FACE_COUNT * EMBEDDING_VALUES);
let model: EngineModel;
let engine: Engine;

before(async () => {
  model = await loadModel({ formats });
  engine = await createEngine(model, { precision: 'fp32', threads: 1 });
  await engine.infer(reference.inputs, outputs);
});
after(() => engine.close());

test('the embeddings are those of PyTorch', () => {
  for (let face = 0; face < FACE_COUNT; face++) {
    const found = outputs.subarray(face * EMBEDDING_VALUES, (face + 1) * EMBEDDING_VALUES);
    const expected = reference.embeddings.subarray(face * EMBEDDING_VALUES, (face + 1) * EMBEDDING_VALUES);
    const difference = found.map((value, i) => Math.abs(value - (expected[i] ?? Number.NaN)));
    assert.ok(Math.max(...difference) < 0.0004, `face ${face} differs by ${Math.max(...difference)}`);
    assert.ok(cosine(found, expected) > 0.99999999, `face ${face} has cosine ${cosine(found, expected)}`);
  }
});

test('an image gives the same bits alone as in a batch', async () => {
  const alone = new Float32Array(EMBEDDING_VALUES);
  await engine.infer(reference.inputs.subarray(5 * INPUT_VALUES, 6 * INPUT_VALUES), alone);
  assert.deepEqual(alone, outputs.subarray(5 * EMBEDDING_VALUES, 6 * EMBEDDING_VALUES));
});

test('a network emitted for batches of two gives the same bits', async () => {
  const weights = readWeights(await readFile(WEIGHTS_FILE), 'our weights', SPHEREFACE20);
  const batchModel = await openTfliteModel(emitTflite(SPHEREFACE20, weights, 2));
  batchModel.inputs[0]?.data().set(reference.inputs.subarray(0, 2 * INPUT_VALUES));
  batchModel.invoke();
  assert.deepEqual(batchModel.outputs[0]?.data().slice(), outputs.slice(0, 2 * EMBEDDING_VALUES));
  batchModel.close();
});

test('weights handed by a user go the same way as ours', async () => {
  const handed = await loadModel({ formats, file: fileURLToPath(WEIGHTS_FILE) });
  assert.equal(handed.name, 'model from sphereface20.safetensors');
  assert.equal(Buffer.compare(handed.files[0].content, model.files[0].content), 0);
});

test('a response holds the embeddings of A, A flipped, B, B flipped, in the issuing thread and in workers alike', async () => {
  const inputs = pairInputsOf(reference.inputs);
  const inThread = createInThreadSut(engine, model, inputs);
  const pool = await createSystemUnderTest('tfjs-tflite', { inputs, placement: { ...IN_THREAD, workers: 2 } });
  const samples = [2, 1];
  const fromThread = await runQuery(inThread, samples);
  const fromPool = await runQuery(pool, samples);
  await pool.close();
  for (const sample of samples) {
    const expected = outputs.slice(sample * 4 * EMBEDDING_VALUES, (sample + 1) * 4 * EMBEDDING_VALUES);
    const bytes = new Uint8Array(expected.buffer);
    assert.deepEqual(fromThread.get(sample)?.bytes, bytes);
    assert.deepEqual(fromPool.get(sample)?.bytes, bytes);
  }
});
