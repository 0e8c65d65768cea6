import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { z } from 'zod';
import { messageOf } from '../../base/errors.js';
import { ModelProto } from '../../onnx/onnxProto.js';
import type { Engine, EngineModel, Precision } from '../../sut/engine.js';
import { checkUsable, createEngine, formats } from '../../sut/engines/onnxruntime.js';
import { loadModel } from '../../sut/loadModel.js';
import { EMBEDDING_VALUES, INPUT_VALUES } from '../../sut/networks/sphereface20.js';
import { IN_THREAD } from '../../sut/placement.js';
import type { ModelForm } from '../../sut/sphereface20/modelForm.js';
import { createSystemUnderTest } from '../../sut/systemsUnderTest.js';
import { decodeOnnx } from '../onnx/decodeOnnx.js';
import { cosine } from './cosine.js';
import { meanNetwork, modelOf } from './meanNetwork.js';
import { pairInputsOf } from './pairInputsOf.js';
import { FACE_COUNT, referenceFaces } from './referenceFaces.js';
import { runQuery } from './runQuery.js';

const unusable = await checkUsable().then(
  () => false,
  (error: unknown) => messageOf(error),
);
const reference = referenceFaces();
const SINGLE = meanNetwork([1, 112, 96, 3], [1, 512]);

for (const [precision, minCosine, maxDifference] of [
  ['fp32', 0.99999999, 0.0004],
  ['int8', 0.999, 4],
] as const) {
  suite(`ONNX Runtime in ${precision}`, { skip: unusable }, () => {
    const outputs = new Float32Array(FACE_COUNT * EMBEDDING_VALUES);
    let model: EngineModel;
    let engine: Engine;
    before(async () => {
      model = await loadModel({ formats, precision });
      engine = await createEngine(model, { precision, threads: 1 });
      await engine.infer(reference.inputs, outputs);
    });
    after(() => engine.close());

    test('the embeddings are those of PyTorch', () => {
      for (let face = 0; face < FACE_COUNT; face++) {
        const found = embedding(outputs, face);
        const expected = embedding(reference.embeddings, face);
        const difference = found.map((value, i) => Math.abs(value - (expected[i] ?? Number.NaN)));
        assert.ok(Math.max(...difference) < maxDifference, `face ${face} differs by ${Math.max(...difference)}`);
        assert.ok(cosine(found, expected) > minCosine, `face ${face} has cosine ${cosine(found, expected)}`);
      }
    });

    test('images give the same alone, by four and all together, also from shared memory', async () => {
      for (const images of [1, 4]) {
        const values = images * INPUT_VALUES;
        const inputs = new Float32Array(new SharedArrayBuffer(values * Float32Array.BYTES_PER_ELEMENT));
        const found = new Float32Array(new SharedArrayBuffer(images * EMBEDDING_VALUES * 4));
        inputs.set(reference.inputs.subarray(4 * INPUT_VALUES, 4 * INPUT_VALUES + values));
        await engine.infer(inputs, found);
        for (const [i, value] of found.entries()) {
          const expected = outputs[4 * EMBEDDING_VALUES + i] ?? Number.NaN;
          assert.ok(Math.abs(value - expected) < 1e-4, `value ${i} of ${images} is ${value}, expected ${expected}`);
        }
      }
    });

    test('two threads compute the same', async () => {
      const threaded = await createEngine(model, { precision, threads: 2 });
      assert.equal(threaded.threads, 2);
      const found = new Float32Array(EMBEDDING_VALUES);
      await threaded.infer(reference.inputs.subarray(0, INPUT_VALUES), found);
      await threaded.close();
      assert.ok(cosine(found, embedding(outputs, 0)) > 0.99999999);
    });

    test('a response from a worker holds the same embeddings', async () => {
      const inputs = pairInputsOf(reference.inputs);
      const pool = await createSystemUnderTest('onnxruntime', {
        inputs,
        precision,
        placement: { ...IN_THREAD, workers: 1 },
      });
      const answers = await runQuery(pool, [1]);
      await pool.close();
      const bytes = new Uint8Array(answers.get(1)?.bytes ?? []);
      const found = new Float32Array(bytes.buffer);
      assert.equal(found.length, 4 * EMBEDDING_VALUES);
      for (const [i, value] of found.entries()) {
        assert.ok(Math.abs(value - (outputs[4 * EMBEDDING_VALUES + i] ?? Number.NaN)) < 1e-4);
      }
    });
  });
}

suite('ONNX Runtime with the network in other forms', { skip: unusable }, () => {
  for (const [precision, form, least] of [
    ['fp32', { nativePrelu: true }, 0.9999999],
    ['fp32', { layout: 'NCHW', nativePrelu: true, batch: 1 }, 0.9999999],
    ['int8', { layout: 'NCHW', batch: 4 }, 0.999],
    ['int8', { nativePrelu: true }, 0.999],
  ] as const satisfies readonly (readonly [Precision, ModelForm, number])[]) {
    test(`in ${precision}, ${JSON.stringify(form)}: the embeddings are those of PyTorch`, async () => {
      const model = await loadModel({ formats, precision, form });
      const engine = await createEngine(model, { precision, threads: 1 });
      const found = new Float32Array(2 * EMBEDDING_VALUES);
      await engine.infer(reference.inputs.subarray(0, 2 * INPUT_VALUES), found);
      await engine.close();
      for (const face of [0, 1]) {
        const near = cosine(embedding(found, face), embedding(reference.embeddings, face));
        assert.ok(near > least, `face ${face} has cosine ${near}`);
      }
    });
  }
});

suite("ONNX Runtime with a user's file", { skip: unusable }, () => {
  for (const [what, content] of [
    ['for one image at a time', meanNetwork([1, 112, 96, 3], [1, 512])],
    ['for two images at a time', meanNetwork([2, 112, 96, 3], [2, 512])],
    ['for more images at a time than there are', meanNetwork([8, 112, 96, 3], [8, 512])],
    ['with the channels first', meanNetwork(['n', 3, 112, 96], ['n', 512])],
    ['in float16', inFloat16(meanNetwork(['n', 112, 96, 3], ['n', 512]))],
    ['in float16, for two images at a time', inFloat16(meanNetwork([2, 112, 96, 3], [2, 512]))],
  ] as const) {
    test(`a model ${what} gives an answer for each image`, async () => {
      const engine = await createEngine(modelOf(content), { precision: 'fp32', threads: 1 });
      const inputs = Float32Array.from({ length: 3 * INPUT_VALUES }, (_, i) => Math.floor(i / INPUT_VALUES));
      const outputs = new Float32Array(3 * EMBEDDING_VALUES);
      await engine.infer(inputs, outputs);
      await engine.close();
      assert.deepEqual(
        [0, 511, 512, 1023, 1024, 1535].map((i) => outputs[i]),
        [0, 0, 1, 1, 2, 2],
      );
    });
  }

  for (const [fault, input, output, found] of [
    ['channels between', ['n', 112, 3, 96], ['n', 512], 'Nx112x3x96 float32 to Nx512 float32'],
    ['of other batches in and out', [2, 112, 96, 3], [1, 512], '2x112x96x3 float32 to Nx512 float32'],
    ['of another size', ['n', 112, 112, 3], ['n', 512], 'Nx112x112x3 float32 to Nx512 float32'],
    ['with a free height', ['n', 'h', 96, 3], ['n', 512], 'NxNx96x3 float32 to Nx512 float32'],
  ] as const) {
    test(`refuses a network ${fault}, naming its shapes and the expected ones`, async () => {
      await assert.rejects(createEngine(modelOf(meanNetwork(input, output)), { precision: 'fp32', threads: 1 }), {
        code: 'MODEL_SHAPE',
        message: `model from own.onnx is a network from ${found}, expected one from ${found.startsWith('2') ? '2x112x96x3 float32 to 2x512' : 'Nx112x96x3 float32 to Nx512'} float32`,
      });
    });
  }

  for (const [fault, content] of [
    ['text', Buffer.from('once upon a time')],
    ['nothing', Buffer.alloc(0)],
    ['a part of a file', SINGLE.subarray(0, -9)],
    ['an operator that does not exist', meanNetwork([1, 112, 96, 3], [1, 512], 'Nonsense')],
  ] as const) {
    test(`refuses ${fault}`, async () => {
      await assert.rejects(createEngine(modelOf(content), { precision: 'fp32', threads: 1 }), {
        code: 'ONNX_MODEL_REFUSED',
        message: /^ONNX Runtime refuses model from own\.onnx: ./,
      });
    });
  }

  for (const [asked, emitted] of [
    ['int8', 'fp32'],
    ['fp32', 'int8'],
  ] as const satisfies readonly (readonly [Precision, Precision])[]) {
    test(`refuses to call a network in ${emitted} one in ${asked}`, async () => {
      const model = await loadModel({ formats, precision: emitted });
      await assert.rejects(createEngine(model, { precision: asked, threads: 1 }), {
        code: 'MODEL_PRECISION',
        message: `${model.name} computes in ${emitted}, expected ${asked}`,
      });
    });
  }
});

function embedding(values: Float32Array, face: number): Float32Array {
  return values.subarray(face * EMBEDDING_VALUES, (face + 1) * EMBEDDING_VALUES);
}

/** A network whose constants are zeros, with all its tensors in float16. */
function inFloat16(content: Uint8Array): Uint8Array {
  const FLOAT16 = 10;
  const { graph, ...model } = decodeOnnx(content);
  const type = z.object({ tensorType: z.object({ elemType: z.number(), shape: z.unknown() }) });
  const values = (list: typeof graph.input) =>
    list?.map((value) => ({
      ...value,
      type: { tensorType: { ...type.parse(value.type).tensorType, elemType: FLOAT16 } },
    }));
  const initializer = graph.initializer?.map(({ rawData, ...constant }) => {
    return { ...constant, dataType: FLOAT16, rawData: rawData.subarray(rawData.length / 2) };
  });
  const { input, output } = graph;
  return ModelProto.encode(
    ModelProto.fromObject({ ...model, graph: { ...graph, input: values(input), output: values(output), initializer } }),
  ).finish();
}
