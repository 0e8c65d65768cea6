import { openTfliteModel, type TfliteModel } from '../../tflite/openTfliteModel.js';
import { wasmRuntime } from '../../tflite/wasmRuntime.js';
import type { Engine, EngineModel, EngineModule, InputLayout } from '../engine.js';
import { type ImageGroup, runInGroups } from '../imageGroups.js';
import { adaptLayout } from '../inputLayout.js';
import { checkTfliteShapes } from '../modelShapes.js';
import { findOptionalPackage } from '../optionalPackage.js';

export const formats: EngineModule['formats'] = ['tflite'];
export const precisions: EngineModule['precisions'] = ['fp32'];

/** TensorFlow Lite compiled to WebAssembly, from `@tensorflow/tfjs-tflite`: one thread, SIMD, XNNPACK. */
export async function createEngine(model: EngineModel): Promise<Engine> {
  const opened = await openTfliteModel(model.files[0].content, model.name);
  const { group, layout } = groupOf(opened, model);
  const engine: Engine = {
    name: 'tfjs-tflite',
    version: findOptionalPackage('@tensorflow/tfjs-tflite').version,
    precision: 'fp32',
    threads: 1,
    instructionSet: 'WASM SIMD',
    infer: (inputs, outputs) => runInGroups([group], model.network, inputs, outputs),
    close: () => opened.close(),
  };
  return adaptLayout(engine, model.network, layout);
}

export async function checkUsable(): Promise<void> {
  await wasmRuntime();
}

function groupOf(opened: TfliteModel, model: EngineModel): { group: ImageGroup; layout: InputLayout } {
  try {
    const { batch, layout, input, output } = checkTfliteShapes(opened.inputs, opened.outputs, model);
    const group = {
      batch,
      run(inputs: Float32Array, outputs: Float32Array) {
        input.data().set(inputs);
        opened.invoke();
        outputs.set(output.data().subarray(0, outputs.length));
      },
    };
    return { group, layout };
  } catch (thrown) {
    opened.close();
    throw thrown;
  }
}
