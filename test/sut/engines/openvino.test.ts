import assert from 'node:assert/strict';
import { after, before, describe, type TestContext, test } from 'node:test';
import { LoadGenError, messageOf } from '../../../base/errors.js';
import type { Engine, EngineModel, Precision } from '../../../sut/engine.js';
import { checkUsable, createEngine, formats, listTargets, precisions } from '../../../sut/engines/openvino.js';
import { loadModel } from '../../../sut/loadModel.js';
import { EMBEDDING_VALUES, INPUT_VALUES } from '../../../sut/networks/sphereface20.js';
import { IN_THREAD } from '../../../sut/placement.js';
import { createVerifiedSystemUnderTest } from '../../../sut/systemsUnderTest.js';
import { cosine } from '../cosine.js';
import { meanNetwork, modelOf } from '../meanNetwork.js';
import { pairInputsOf } from '../pairInputsOf.js';
import { FACE_COUNT, referenceFaces } from '../referenceFaces.js';
import { runQuery } from '../runQuery.js';

/** Measured on a processor with AVX-512, BF16 and VNNI: 1 - 2e-13, 0.99998 and 0.9995 for the worst face. */
const LEAST_COSINE: Readonly<Record<Precision, number>> = { fp32: 0.99999999, bf16: 0.9999, int8: 0.999 };

const skip = await checkUsable().then(() => false, messageOf);
const { inputs, embeddings } = referenceFaces();

for (const precision of precisions) {
  describe(`OpenVINO in ${precision}`, { skip }, () => {
    let model: EngineModel;
    let engine: Engine | undefined;
    let reason = '';
    const withEngine = (body: (engine: Engine) => Promise<void>) => async (t: TestContext) => {
      if (engine === undefined) t.skip(reason);
      else await body(engine);
    };

    before(async () => {
      model = await loadModel({ formats, precision });
      try {
        engine = await createEngine(model, { precision, threads: 1 });
      } catch (thrown) {
        if (!(thrown instanceof LoadGenError) || thrown.code !== 'SUT_PRECISION') throw thrown;
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
      'an image gives the same alone, by four, and in shared memory that starts at an odd value',
      withEngine(async (engine) => {
        const five = await inferred(engine, inputs.subarray(0, 5 * INPUT_VALUES));
        const shared = new Float32Array(new SharedArrayBuffer(4 * (INPUT_VALUES + 1)), 4);
        for (const face of [1, 4]) {
          shared.set(inputs.subarray(face * INPUT_VALUES, (face + 1) * INPUT_VALUES));
          const near = cosine(await inferred(engine, shared), embeddingAt(five, face));
          assert.ok(near > 1 - 1e-9, `face ${face}: ${near}`);
        }
      }),
    );

    test(
      'two threads give the embeddings of one, and are what the library uses',
      withEngine(async (engine) => {
        const two = await createEngine(model, { precision, threads: 2 });
        const image = inputs.subarray(0, INPUT_VALUES);
        const near = cosine(await inferred(engine, image), await inferred(two, image));
        await two.close();
        assert.deepEqual([engine.threads, two.threads], [1, 2]);
        assert.ok(near > LEAST_COSINE[precision], `${near}`);
      }),
    );

    test(
      'workers answer with the same embeddings, and end',
      withEngine(async () => {
        const placement = { ...IN_THREAD, workers: 2 };
        const sut = await createVerifiedSystemUnderTest('openvino', {
          inputs: pairInputsOf(inputs),
          precision,
          placement,
        });
        const answers = await runQuery(sut, [0, 1, 2, 3]);
        await sut.close();
        for (const [sample, { bytes }] of answers) {
          const found = new Float32Array(bytes.slice().buffer);
          for (let image = 0; image < 4; image++) {
            const near = cosine(embeddingAt(found, image), embeddingAt(embeddings, 4 * sample + image));
            assert.ok(near >= LEAST_COSINE[precision], `sample ${sample}: ${near}`);
          }
        }
      }),
    );
  });
}

test('its devices are those of the library, and the one in use is known', { skip }, async () => {
  const { devices = [] } = await listTargets({});
  assert.ok(devices.includes('CPU'), devices.join());
  const model = await loadModel({ formats });
  const engine = await createEngine(model, { precision: 'fp32', threads: 1 });
  await engine.close();
  assert.equal(engine.device, 'CPU');
  await assert.rejects(createVerifiedSystemUnderTest('openvino', { inputs: pairInputsOf(inputs), device: 'TPU' }), {
    code: 'SUT_DEVICE',
    message: `openvino has no device "TPU" here, expected ${devices.join(', ')}`,
  });
});

test('a closed engine refuses to infer, and can be closed again', { skip }, async () => {
  const engine = await createEngine(await loadModel({ formats }), { precision: 'fp32', threads: 1 });
  await engine.close();
  await engine.close();
  await assert.rejects(inferred(engine, inputs.subarray(0, INPUT_VALUES)), { code: 'OPENVINO' });
});

describe("OpenVINO with a user's file", { skip }, () => {
  for (const [batch, channelsFirst] of [
    ['n', false],
    [1, true],
    [3, false],
  ] as const) {
    test(`a model for ${batch} images at a time computes each of five, channels first: ${channelsFirst}`, async () => {
      const input = channelsFirst ? [batch, 3, 112, 96] : [batch, 112, 96, 3];
      const engine = await createEngine(modelOf(meanNetwork(input, [batch, 512])), { precision: 'fp32', threads: 1 });
      const images = Float32Array.from({ length: 5 * INPUT_VALUES }, (_, i) => Math.floor(i / INPUT_VALUES));
      const outputs = await inferred(engine, images);
      await engine.close();
      assert.deepEqual(
        outputs,
        outputs.map((_, i) => Math.floor(i / EMBEDDING_VALUES)),
      );
    });
  }

  for (const [fault, content, code] of [
    ['text', Buffer.from('once upon a time'), 'ONNX_MODEL_REFUSED'],
    ['nothing', Buffer.alloc(0), 'ONNX_MODEL_REFUSED'],
    ['an operator that does not exist', meanNetwork([1, 112, 96, 3], [1, 512], 'Nonsense'), 'ONNX_MODEL_REFUSED'],
    ['another size', meanNetwork(['n', 112, 112, 3], ['n', 512]), 'MODEL_SHAPE'],
    ['a free height', meanNetwork(['n', 'h', 96, 3], ['n', 512]), 'MODEL_SHAPE'],
  ] as const) {
    test(`refuses ${fault}`, async () => {
      await assert.rejects(createEngine(modelOf(content), { precision: 'fp32', threads: 1 }), {
        code,
        message: /model from own\.onnx/,
      });
    });
  }

  test('refuses to call a network in fp32 one in int8', async () => {
    const model = await loadModel({ formats });
    await assert.rejects(createEngine(model, { precision: 'int8', threads: 1 }), { code: 'MODEL_PRECISION' });
  });
});

async function inferred(engine: Engine, images: Float32Array): Promise<Float32Array> {
  const outputs = new Float32Array((images.length / INPUT_VALUES) * EMBEDDING_VALUES);
  await engine.infer(images, outputs);
  return outputs;
}

function embeddingAt(values: Float32Array, image: number): Float32Array {
  return values.slice(image * EMBEDDING_VALUES, (image + 1) * EMBEDDING_VALUES);
}
