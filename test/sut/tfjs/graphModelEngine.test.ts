import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { memory } from '@tensorflow/tfjs-core';
import type { Engine, EngineModel } from '../../../sut/engine.js';
import * as tfjsCpu from '../../../sut/engines/tfjsCpu.js';
import * as tfjsWasm from '../../../sut/engines/tfjsWasm.js';
import { loadModel } from '../../../sut/loadModel.js';
import { EMBEDDING_VALUES, INPUT_VALUES } from '../../../sut/networks/sphereface20.js';
import { FACE_COUNT, referenceFaces } from '../referenceFaces.js';

const reference = referenceFaces();
let model: EngineModel;
let cpu: Engine;
let wasm: Engine;

// Both in this thread, so each inference may find the other's backend to be the current one.
before(async () => {
  model = await loadModel({ formats: tfjsWasm.formats });
  cpu = await tfjsCpu.createEngine(model);
  wasm = await tfjsWasm.createEngine(model);
});
after(async () => {
  await cpu.close();
  await wasm.close();
});

test('in WebAssembly, the embeddings are those of PyTorch', async () => {
  assertReference(await embeddings(wasm, 0, FACE_COUNT), 0, FACE_COUNT);
});

test('in JavaScript, the embeddings are those of PyTorch', async () => {
  assertReference(await embeddings(cpu, 3, 1), 3, 1);
});

test('a batch gives what its images give alone', async () => {
  const together = await embeddings(wasm, 0, 2);
  for (const face of [0, 1]) {
    const alone = await embeddings(wasm, face, 1);
    const differences = alone.map((value, i) =>
      Math.abs(value - (together[face * EMBEDDING_VALUES + i] ?? Number.NaN)),
    );
    assert.ok(Math.max(...differences) <= 1e-4, `face ${face} differs by ${Math.max(...differences)}`);
  }
});

test('inferences keep no tensors', async () => {
  await embeddings(wasm, 0, 1);
  const { numTensors, numBytes } = memory();
  await embeddings(wasm, 0, 2);
  await embeddings(wasm, 2, 1);
  assert.deepEqual([memory().numTensors, memory().numBytes], [numTensors, numBytes]);
});

test('a closed engine has freed its tensors', async () => {
  const { numTensors } = memory();
  const engine = await tfjsWasm.createEngine(model);
  assert.ok(memory().numTensors > numTensors);
  await engine.close();
  assert.equal(memory().numTensors, numTensors);
});

/** The inputs lie in shared memory, as those of a sample library do. */
async function embeddings(engine: Engine, firstFace: number, faces: number): Promise<Float32Array> {
  const inputs = new Float32Array(new SharedArrayBuffer(faces * INPUT_VALUES * Float32Array.BYTES_PER_ELEMENT));
  inputs.set(reference.inputs.subarray(firstFace * INPUT_VALUES, (firstFace + faces) * INPUT_VALUES));
  const outputs = new Float32Array(faces * EMBEDDING_VALUES);
  await engine.infer(inputs, outputs);
  return outputs;
}

function assertReference(outputs: Float32Array, firstFace: number, faces: number): void {
  for (let face = 0; face < faces; face++) {
    const found = outputs.subarray(face * EMBEDDING_VALUES, (face + 1) * EMBEDDING_VALUES);
    const start = (firstFace + face) * EMBEDDING_VALUES;
    const expected = reference.embeddings.subarray(start, start + EMBEDDING_VALUES);
    const difference = found.map((value, i) => Math.abs(value - (expected[i] ?? Number.NaN)));
    assert.ok(Math.max(...difference) < 0.001, `face ${face} differs by ${Math.max(...difference)}`);
    assert.ok(cosine(found, expected) > 0.9999999, `face ${face} has cosine ${cosine(found, expected)}`);
  }
}

function cosine(a: Float32Array, b: Float32Array): number {
  const dot = (x: Float32Array, y: Float32Array) => x.reduce((sum, value, i) => sum + value * (y[i] ?? 0), 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}
