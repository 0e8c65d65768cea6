import assert from 'node:assert/strict';
import { after, before, describe, type TestContext, test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { LoadGenError } from '../../../base/errors.js';
import type { Engine, EngineModel, Precision } from '../../../sut/engine.js';
import { createEngine, formats, precisions } from '../../../sut/engines/onednn.js';
import { loadModel } from '../../../sut/loadModel.js';
import { EMBEDDING_VALUES, INPUT_VALUES } from '../../../sut/networks/sphereface20.js';
import { UNSUPPORTED } from '../../../sut/onednn/primitive.js';
import { skipWithoutOneDnn } from '../onednn/skipWithoutOneDnn.js';
import { FACE_COUNT, referenceFaces } from '../referenceFaces.js';

/** Measured on a processor with AVX-512 BF16: 1 - 5e-13, 0.99997 and 0.9996 for the worst face. */
const LEAST_COSINE: Readonly<Record<Precision, number>> = { fp32: 0.99999999, bf16: 0.9999, int8: 0.999 };

const skip = await skipWithoutOneDnn();
const { inputs, embeddings } = referenceFaces();
const model = await loadModel({ formats });

for (const precision of precisions) {
  describe(precision, { skip }, () => {
    let engine: Engine | undefined;
    let reason = '';
    const withEngine = (body: (engine: Engine) => Promise<void>) => async (t: TestContext) => {
      if (engine === undefined) t.skip(reason);
      else await body(engine);
    };

    before(async () => {
      try {
        engine = await createEngine(model, { precision, threads: 1 });
      } catch (thrown) {
        if (!(thrown instanceof LoadGenError) || thrown.code !== UNSUPPORTED) throw thrown;
        reason = thrown.message;
      }
    });
    after(() => engine?.close());

    test(
      'the embeddings are those of PyTorch',
      withEngine(async (engine) => {
        const outputs = await inferred(engine, inputs);
        for (let face = 0; face < FACE_COUNT; face++) {
          const found = cosine(embeddingAt(outputs, face), embeddingAt(embeddings, face));
          assert.ok(found >= LEAST_COSINE[precision], `face ${face} has cosine ${found}`);
        }
      }),
    );

    test(
      'an image gives the same bits alone, with others, and in shared memory that starts at an odd value',
      withEngine(async (engine) => {
        const several = await inferred(engine, inputs.subarray(0, 3 * INPUT_VALUES));
        const shared = new Float32Array(new SharedArrayBuffer(4 * (INPUT_VALUES + 1)), 4);
        shared.set(inputs.subarray(INPUT_VALUES, 2 * INPUT_VALUES));
        assert.deepEqual(await inferred(engine, shared), embeddingAt(several, 1));
      }),
    );

    test(
      'two threads give the embeddings of one, also where another engine has its own number',
      withEngine(async (engine) => {
        const two = await createEngine(model, { precision, threads: 2 });
        const image = inputs.subarray(0, INPUT_VALUES);
        const ofOne = await inferred(engine, image);
        const ofTwo = await inferred(two, image);
        await two.close();
        assert.ok(cosine(ofOne, ofTwo) > LEAST_COSINE[precision]);
        assert.deepEqual(await inferred(engine, image), ofOne);
      }),
    );
  });
}

test('with one thread the library starts none, with two one', { skip: skip || skipWithoutProc() }, async () => {
  const program = `
    import { readdirSync } from 'node:fs';
    import { parentPort, workerData } from 'node:worker_threads';
    const { createEngine } = await import(workerData.engine);
    const before = readdirSync('/proc/self/task').length;
    for (const threads of [1, 2]) {
      const engine = await createEngine(workerData.model, { precision: 'fp32', threads });
      engine.infer(new Float32Array(${INPUT_VALUES}), new Float32Array(${EMBEDDING_VALUES}));
      parentPort.postMessage(readdirSync('/proc/self/task').length - before);
      engine.close();
    }`;
  const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(program)}`), {
    workerData: { engine: new URL('../../../sut/engines/onednn.js', import.meta.url).href, model },
  });
  const counts: unknown[] = [];
  await new Promise((resolve, reject) => {
    worker
      .on('message', (count) => counts.push(count))
      .once('error', reject)
      .once('exit', resolve);
  });
  assert.deepEqual(counts, [0, 1]);
});

test('a closed engine refuses to infer, and can be closed again', { skip }, async () => {
  const engine = await createEngine(model, { precision: 'fp32', threads: 1 });
  await engine.close();
  await engine.close();
  await assert.rejects(inferred(engine, inputs.subarray(0, INPUT_VALUES)), { code: 'ONEDNN' });
});

test('int8 is refused for weights that there are no ranges for', { skip }, async () => {
  const [{ name, content }] = model.files;
  const changed = new Uint8Array(content);
  const last = changed.length - 1;
  changed[last] = (changed[last] ?? 0) ^ 1;
  const other: EngineModel = { ...model, name: 'other weights', files: [{ name, content: changed }] };
  await assert.rejects(createEngine(other, { precision: 'int8', threads: 1 }), { code: 'MODEL_RANGES' });
});

function skipWithoutProc(): string | false {
  return process.platform === 'linux' ? false : 'counts threads in /proc';
}

async function inferred(engine: Engine, images: Float32Array): Promise<Float32Array> {
  const outputs = new Float32Array((images.length / INPUT_VALUES) * EMBEDDING_VALUES);
  await engine.infer(images, outputs);
  return outputs;
}

function embeddingAt(values: Float32Array, image: number): Float32Array {
  return values.slice(image * EMBEDDING_VALUES, (image + 1) * EMBEDDING_VALUES);
}

function cosine(a: Float32Array, b: Float32Array): number {
  const dot = (x: Float32Array, y: Float32Array) => x.reduce((sum, value, i) => sum + value * (y[i] ?? 0), 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}
