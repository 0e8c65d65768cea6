import { LoadGenError } from '../../base/errors.js';
import type { Engine, EngineModel, EngineModule, EngineOptions } from '../engine.js';
import { type ImageGroup, runInGroups } from '../imageGroups.js';
import { adaptLayout } from '../inputLayout.js';
import { openLiteRtModel } from '../litert/openLiteRtModel.js';
import { startLiteRt } from '../litert/startLiteRt.js';
import { checkTfliteShapes } from '../modelShapes.js';
import { checkTflitePrecision } from '../tfliteModel.js';

export const formats: EngineModule['formats'] = ['tflite'];
export const precisions: EngineModule['precisions'] = ['fp32', 'int8'];

/** LiteRT, the successor of TensorFlow Lite, in WebAssembly: one thread, XNNPACK. */
export async function createEngine(
  model: EngineModel,
  { precision }: Pick<EngineOptions, 'precision'>,
): Promise<Engine> {
  const { name, network, files } = model;
  const runtime = await startLiteRt();
  const { inputs, outputs, run } = openLiteRtModel(runtime, files[0].content, name);
  checkTflitePrecision(model, precision);
  const { batch, layout } = checkTfliteShapes(inputs, outputs, model);
  // All memory is the runtime's, which this engine has for itself: letting go of it frees all.
  let group: ImageGroup | undefined = { batch, run };
  const engine: Engine = {
    name: 'litert',
    version: runtime.version,
    precision,
    threads: 1,
    instructionSet: runtime.instructionSet,
    infer(inputs, outputs) {
      if (group === undefined) {
        throw new LoadGenError('TFLITE_INVOKE', `LiteRT cannot run ${name}: it was closed before this inference`);
      }
      runInGroups([group], network, inputs, outputs);
    },
    close() {
      group = undefined;
    },
  };
  return adaptLayout(engine, network, layout);
}

export async function checkUsable(): Promise<void> {
  await startLiteRt();
}
