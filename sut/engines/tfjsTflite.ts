import { openTfliteModel, type TfliteModel } from '../../tflite/openTfliteModel.js';
import { wasmRuntime } from '../../tflite/wasmRuntime.js';
import type { Engine, EngineModel, EngineModule } from '../engine.js';
import { type ImageGroup, runInGroups } from '../imageGroups.js';
import { checkTfliteShapes } from '../modelShapes.js';
import { findOptionalPackage } from '../optionalPackage.js';

export const formats: EngineModule['formats'] = ['tflite'];
export const precisions: EngineModule['precisions'] = ['fp32'];

/** TensorFlow Lite compiled to WebAssembly, from `@tensorflow/tfjs-tflite`: one thread, SIMD, XNNPACK. */
export async function createEngine(model: EngineModel): Promise<Engine> {
  const opened = await openTfliteModel(model.files[0].content, model.name);
  const group = groupOf(opened, model);
  return {
    name: 'tfjs-tflite',
    version: findOptionalPackage('@tensorflow/tfjs-tflite').version,
    precision: 'fp32',
    threads: 1,
    instructionSet: 'WASM SIMD',
    infer: (inputs, outputs) => runInGroups([group], model.network, inputs, outputs),
    close: () => opened.close(),
  };
}

export async function checkUsable(): Promise<void> {
  await wasmRuntime();
}

function groupOf(opened: TfliteModel, model: EngineModel): ImageGroup {
  try {
    const { batch, input, output } = checkTfliteShapes(opened.inputs, opened.outputs, model);
    return {
      batch,
      run(inputs, outputs) {
        input.data().set(inputs);
        opened.invoke();
        outputs.set(output.data().subarray(0, outputs.length));
      },
    };
  } catch (thrown) {
    opened.close();
    throw thrown;
  }
}
