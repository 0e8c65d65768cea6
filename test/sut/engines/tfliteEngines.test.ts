import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { messageOf } from '../../../base/errors.js';
import type { Engine, EngineModel, EngineModule } from '../../../sut/engine.js';
import * as litert from '../../../sut/engines/litert.js';
import * as tfjsTflite from '../../../sut/engines/tfjsTflite.js';
import * as tfliteNative from '../../../sut/engines/tfliteNative.js';
import { loadModel } from '../../../sut/loadModel.js';
import { INPUT_VALUES } from '../../../sut/networks/sphereface20.js';
import { IN_THREAD } from '../../../sut/placement.js';
import { createSystemUnderTest } from '../../../sut/systemsUnderTest.js';
import { preluModel } from '../../tflite/preluModel.js';
import { pairInputsOf } from '../pairInputsOf.js';
import { FACE_COUNT, referenceFaces } from '../referenceFaces.js';
import { runQuery } from '../runQuery.js';
import { EMBEDDING_VALUES, IMAGE_VALUES, modelOfOneImage, smallEmbeddings, smallModel } from './smallModel.js';

// Before the loop: its tests start while it awaits.
const ONE_THREAD = { precision: 'fp32', threads: 1 } as const;
const IN_8_BITS = { precision: 'int8', threads: 1 } as const;
const ENGINES: readonly [string, EngineModule][] = [
  ['tfjs-tflite', tfjsTflite],
  ['tflite-native', tfliteNative],
  ['litert', litert],
];

for (const [name, module] of ENGINES) {
  const reason = await module.checkUsable().then(() => false, messageOf);
  describe(name, { skip: reason }, () => testEngine(name, module));
}

function testEngine(name: string, { createEngine, formats }: EngineModule): void {
  test('gives the embeddings of PyTorch, from shared memory too', async () => {
    const { inputs, embeddings } = referenceFaces();
    const shared = new Float32Array(new SharedArrayBuffer(inputs.byteLength));
    shared.set(inputs);
    const found = await inferred(
      await createEngine(await loadModel({ formats }), ONE_THREAD),
      shared,
      512 * FACE_COUNT,
    );
    for (let face = 0; face < FACE_COUNT; face++) {
      const [mine, theirs] = [found, embeddings].map((all) => all.subarray(face * 512, (face + 1) * 512));
      assert.ok(mine !== undefined && theirs !== undefined);
      const difference = Math.max(...mine.map((value, i) => Math.abs(value - (theirs[i] ?? Number.NaN))));
      assert.ok(difference < 0.001, `face ${face} differs by ${difference}`);
      assert.ok(cosine(mine, theirs) >= 0.99999, `face ${face} has cosine ${cosine(mine, theirs)}`);
    }
  });

  test('gives nearly the embeddings of PyTorch in int8, the same alone and by four', async () => {
    const { inputs, embeddings } = referenceFaces();
    const model = await loadModel({ formats, precision: 'int8' });
    const found = await inferred(await createEngine(model, IN_8_BITS), inputs, 512 * FACE_COUNT);
    for (let face = 0; face < FACE_COUNT; face++) {
      const [mine, theirs] = [found, embeddings].map((all) => all.subarray(face * 512, (face + 1) * 512));
      assert.ok(mine !== undefined && theirs !== undefined);
      assert.ok(cosine(mine, theirs) >= 0.999, `face ${face} has cosine ${cosine(mine, theirs)}`);
    }
    const alone = await inferred(await createEngine(model, IN_8_BITS), inputs.subarray(0, INPUT_VALUES), 512);
    assert.deepEqual(alone, found.subarray(0, 512));
  });

  test('refuses to call a network in one precision one in the other', async () => {
    for (const [asked, emitted] of [
      ['int8', 'fp32'],
      ['fp32', 'int8'],
    ] as const) {
      const model = await loadModel({ formats, precision: emitted });
      await assert.rejects(createEngine(model, { precision: asked, threads: 1 }), {
        code: 'MODEL_PRECISION',
        message: `${model.name} computes in ${emitted}, expected ${asked}`,
      });
    }
  });

  test('gives the same bits on two threads, where it has them', async () => {
    const image = referenceFaces().inputs.subarray(0, INPUT_VALUES);
    const model = await loadModel({ formats });
    const [one, two] = [
      await createEngine(model, ONE_THREAD),
      await createEngine(model, { ...ONE_THREAD, threads: 2 }),
    ];
    assert.equal(two.threads, name === 'litert' ? 1 : 2);
    assert.deepEqual(await inferred(two, image, 512), await inferred(one, image, 512));
  });

  test('answers pairs in a worker thread with the bits it gives here', async () => {
    const { inputs } = referenceFaces();
    const pairs = inputs.subarray(0, inputs.length / 4);
    const engine = await createEngine(await loadModel({ formats }), ONE_THREAD);
    const expected = await inferred(engine, pairs, 512 * 4);
    const placement = { ...IN_THREAD, workers: 1 };
    const pool = await createSystemUnderTest(name, { inputs: pairInputsOf(pairs), placement });
    const answers = await runQuery(pool, [0]);
    await pool.close();
    assert.deepEqual(answers.get(0)?.bytes, new Uint8Array(expected.buffer));
  });

  for (const [what, model] of [
    ['a batch of 1', smallModel(1)],
    ['a batch of 2', smallModel(2)],
    ['a batch of 3', smallModel(3)],
    ['a batch of 1 that cannot be changed', modelOfOneImage()],
  ] as const) {
    for (const images of [1, 2, 3, 4, 5, 7]) {
      test(`runs ${images} images through a file with ${what}`, async () => {
        const inputs = Float32Array.from({ length: images * IMAGE_VALUES }, (_, i) => (i * 7) % 11);
        const engine = await createEngine(model, ONE_THREAD);
        assert.deepEqual(await inferred(engine, inputs, images * EMBEDDING_VALUES), smallEmbeddings(inputs));
      });
    }
  }

  test('images of earlier inferences leave nothing behind', async () => {
    const engine = await createEngine(smallModel(3), ONE_THREAD);
    const first = new Float32Array(7 * EMBEDDING_VALUES);
    await engine.infer(new Float32Array(7 * IMAGE_VALUES).fill(9), first);
    assert.deepEqual(await inferred(engine, Float32Array.of(1, 1, 1, 1), 2), Float32Array.of(4, 9.5));
  });

  for (const [what, content, message] of [
    [
      'another shape',
      preluModel([1, 3, 2, 1], [1]),
      /^x\.tflite is a network from 1x3x2x1 float32 to 1x3x2x1 float32, expected one from 1x2x2x1 float32 to 1x2 float32$/,
    ],
    [
      'another shape and a batch',
      preluModel([2, 2, 2, 1], [1]),
      /^x\.tflite is a network from 2x2x2x1 float32 to 2x2x2x1 float32, expected one from 2x2x2x1 float32 to 2x2 float32$/,
    ],
  ] as const) {
    test(`refuses a network of ${what}`, async () => {
      await assert.rejects(createEngine(modelOf(content), ONE_THREAD), { code: 'MODEL_SHAPE', message });
    });
  }

  const whole = smallModel(1).files[0].content;
  for (const [what, content] of [
    ['the identifier and no more', Buffer.from('....TFL3')],
    ['half of a model', whole.slice(0, whole.length / 2)],
    ['garbage with the identifier', Uint8Array.from(whole, (byte, i) => (i < 8 ? byte : (i * 7919 + 13) % 251))],
  ] as const) {
    test(`refuses ${what}`, async () => {
      const refusal = { code: 'TFLITE_MODEL_REFUSED', message: /refuses x\.tflite[:;] / };
      await assert.rejects(createEngine(modelOf(content), ONE_THREAD), refusal);
    });
  }

  test('refuses to compute when it is closed, and may be closed again', async () => {
    const engine = await createEngine(smallModel(1), ONE_THREAD);
    await engine.close();
    await engine.close();
    const infer = async () => engine.infer(new Float32Array(IMAGE_VALUES), new Float32Array(EMBEDDING_VALUES));
    await assert.rejects(infer, { code: 'TFLITE_INVOKE', message: /small\.tflite.* closed before this inference/ });
  });
}

async function inferred(engine: Engine, inputs: Float32Array, outputValues: number): Promise<Float32Array> {
  const outputs = new Float32Array(outputValues);
  await engine.infer(inputs, outputs);
  await engine.close();
  return outputs;
}

function modelOf(content: Uint8Array): EngineModel {
  return { ...smallModel(1), name: 'x.tflite', files: [{ name: 'x.tflite', content }] };
}

function cosine(a: Float32Array, b: Float32Array): number {
  const dot = (x: Float32Array, y: Float32Array) => x.reduce((sum, value, i) => sum + value * (y[i] ?? 0), 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}
