import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Engine, EngineModel } from '../../sut/engine.js';
import { createEngine } from '../../sut/engines/tfjsTflite.js';
import { createInThreadSut } from '../../sut/inThread.js';
import { loadModel } from '../../sut/loadModel.js';
import { EMBEDDING_VALUES, INPUT_VALUES } from '../../sut/sphereface20/network.js';
import { createSystemUnderTest } from '../../sut/systemsUnderTest.js';
import { pairInputsOf } from './pairInputsOf.js';
import { FACE_COUNT, referenceFaces } from './referenceFaces.js';
import { runQuery } from './runQuery.js';

const reference = referenceFaces();
const outputs = new Float32Array(FACE_COUNT * EMBEDDING_VALUES);
let model: EngineModel;
let engine: Engine;

before(async () => {
  model = await loadModel();
  engine = await createEngine(model);
  engine.infer(reference.inputs, outputs);
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

test('an image gives the same bits alone as in a batch', () => {
  const alone = new Float32Array(EMBEDDING_VALUES);
  engine.infer(reference.inputs.subarray(5 * INPUT_VALUES, 6 * INPUT_VALUES), alone);
  assert.deepEqual(alone, outputs.subarray(5 * EMBEDDING_VALUES, 6 * EMBEDDING_VALUES));
});

test('a response holds the embeddings of A, A flipped, B, B flipped, in the issuing thread and in workers alike', async () => {
  const inputs = pairInputsOf(reference.inputs);
  const inThread = createInThreadSut(engine, model, inputs);
  const pool = await createSystemUnderTest('tfjs-tflite', { inputs, placement: 'workerPool', workerCount: 2 });
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

function cosine(a: Float32Array, b: Float32Array): number {
  const dot = (x: Float32Array, y: Float32Array) => x.reduce((sum, value, i) => sum + value * (y[i] ?? 0), 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}
