import { createRequire } from 'node:module';
import { isDeepStrictEqual } from 'node:util';
import { openTfliteModel, type TfliteModel, type TfliteTensor } from '../../tflite/openTfliteModel.js';
import { wasmRuntime } from '../../tflite/wasmRuntime.js';
import type { Engine, EngineModel, EngineModule } from '../engine.js';
import { expectedTensors, modelShapeError } from '../modelShapeError.js';
import { inputValuesOf } from '../pairInputs.js';

export const formats: EngineModule['formats'] = ['tflite'];
export const precisions: EngineModule['precisions'] = ['fp32'];

/** TensorFlow Lite compiled to WebAssembly, from `@tensorflow/tfjs-tflite`: one thread, SIMD, XNNPACK. */
export async function createEngine(model: EngineModel): Promise<Engine> {
  const tfliteModel = await openTfliteModel(model.files[0].content, model.name);
  const { input, output } = checkedTensors(tfliteModel, model);
  const inputValues = inputValuesOf(model.network);
  const { embeddingValues } = model.network;
  return {
    name: 'tfjs-tflite',
    version: packageVersion(),
    precision: 'fp32',
    threads: 1,
    instructionSet: 'WASM SIMD',
    infer(inputs, outputs) {
      for (let image = 0; image * inputValues < inputs.length; image++) {
        input.data().set(inputs.subarray(image * inputValues, (image + 1) * inputValues));
        tfliteModel.invoke();
        outputs.set(output.data(), image * embeddingValues);
      }
    },
    close: () => tfliteModel.close(),
  };
}

export async function checkUsable(): Promise<void> {
  await wasmRuntime();
}

function checkedTensors(tfliteModel: TfliteModel, model: EngineModel): { input: TfliteTensor; output: TfliteTensor } {
  const { inputs, outputs } = tfliteModel;
  const found = { inputs: inputs.map(described), outputs: outputs.map(described) };
  const expected = expectedTensors(model, '1');
  const [input] = inputs;
  const [output] = outputs;
  if (input !== undefined && output !== undefined && isDeepStrictEqual(found, expected)) return { input, output };
  tfliteModel.close();
  throw modelShapeError(model, found, [expected]);
}

function described({ shape, dataType }: TfliteTensor): string {
  return `${shape.join('x')} ${dataType}`;
}

function packageVersion(): string {
  const manifest: unknown = createRequire(import.meta.url)('@tensorflow/tfjs-tflite/package.json');
  if (typeof manifest === 'object' && manifest !== null && 'version' in manifest) return String(manifest.version);
  return 'unknown';
}
