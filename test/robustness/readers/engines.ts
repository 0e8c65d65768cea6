import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inputValuesOf } from '../../../base/pairLayout.js';
import type { EngineModule, ModelFiles } from '../../../sut/engine.js';
import * as litert from '../../../sut/engines/litert.js';
import * as onnxruntime from '../../../sut/engines/onnxruntime.js';
import * as tfjsCpu from '../../../sut/engines/tfjsCpu.js';
import * as tfjsTflite from '../../../sut/engines/tfjsTflite.js';
import * as tfjsWasm from '../../../sut/engines/tfjsWasm.js';
import * as tfliteNative from '../../../sut/engines/tfliteNative.js';
import { loadModel } from '../../../sut/loadModel.js';
import { SPHEREFACE20_NETWORK } from '../../../sut/networks/sphereface20.js';
import { emitOnnx } from '../../../sut/sphereface20/emitOnnx.js';
import { emitTfjs } from '../../../sut/sphereface20/emitTfjs.js';
import { emitTflite } from '../../../sut/sphereface20/emitTflite.js';
import { SMALL_NETWORK, SMALL_WEIGHTS } from '../../sut/weightsImport/smallNetwork.js';
import type { DamagedReader } from '../damagedReader.js';

const NETWORK = { ...SPHEREFACE20_NETWORK, shape: { ...SPHEREFACE20_NETWORK.shape, embeddingValues: 3 } };

const tflite = (): ModelFiles => [{ name: 'damaged.tflite', content: emitTflite(SMALL_NETWORK, SMALL_WEIGHTS, 1) }];
const onnx = (): ModelFiles => [{ name: 'damaged.onnx', content: emitOnnx(SMALL_NETWORK, SMALL_WEIGHTS) }];
const tfjs = (): ModelFiles => emitTfjs(SMALL_NETWORK, SMALL_WEIGHTS);
const tfjsWeightsFirst = (): ModelFiles => {
  const [modelJson, weights] = tfjs();
  return [weights ?? modelJson, modelJson];
};

/** Engines given a user's model: it is opened and computes one image. */
export const engineReaders: readonly DamagedReader[] = [
  engineReader('litert', litert, tflite),
  engineReader('tflite-native', tfliteNative, tflite),
  engineReader('tfjs-tflite', tfjsTflite, tflite),
  engineReader('onnxruntime', onnxruntime, onnx),
  engineReader('tfjs-cpu', tfjsCpu, tfjs),
  engineReader('tfjs-cpu-weights', tfjsCpu, tfjsWeightsFirst),
  engineReader('tfjs-wasm', tfjsWasm, tfjs),
  engineReader('tfjs-wasm-weights', tfjsWasm, tfjsWeightsFirst),
];

/** The first of the files is damaged; a `model.json`, or else the first, is what the engine is given. */
function engineReader(name: string, { formats, createEngine }: EngineModule, files: () => ModelFiles): DamagedReader {
  return {
    name,
    isEngine: true,
    prepare: async (folder) => {
      const [damaged, ...others] = files();
      for (const { name: other, content } of others) await writeFile(join(folder, other), content);
      const main = [damaged, ...others].find((file) => file.name === 'model.json') ?? damaged;
      const input = new Float32Array(inputValuesOf(NETWORK.shape)).fill(0.5);
      const output = new Float32Array(NETWORK.shape.embeddingValues);
      return {
        originals: [damaged.content],
        read: async (content) => {
          await writeFile(join(folder, damaged.name), content);
          const model = await loadModel({ formats, file: join(folder, main.name), network: NETWORK });
          const engine = await createEngine(model, { precision: 'fp32', threads: 1 });
          try {
            await engine.infer(input, output);
          } finally {
            await engine.close();
          }
        },
      };
    },
  };
}
