import { LoadGenError } from '../../base/errors.js';
import type { Engine, EngineModel, Precision } from '../engine.js';
import { type ImageGroup, runInGroups } from '../imageGroups.js';
import { adaptLayout } from '../inputLayout.js';
import { checkTfliteShapes } from '../modelShapes.js';
import { checkTflitePrecision } from '../tfliteModel.js';
import type { LiteRtRuntime } from './liteRtRuntime.js';
import { openLiteRtModel } from './openLiteRtModel.js';

/**
 * An engine on a runtime that it has for itself.
 *
 * @throws TFLITE_MODEL_REFUSED if LiteRT cannot load the model
 * @throws MODEL_SHAPE, MODEL_PRECISION unless it is of the model's network and computes so
 */
export function createLiteRtEngine(runtime: LiteRtRuntime, model: EngineModel, precision: Precision): Engine {
  const { name, network, files } = model;
  const { inputs, outputs, run } = openLiteRtModel(runtime, files[0].content, name);
  checkTflitePrecision(model, precision);
  const { batch, layout } = checkTfliteShapes(inputs, outputs, model);
  // All memory is the runtime's: letting go of it frees all.
  let group: ImageGroup | undefined = { batch, run };
  const engine: Engine = {
    name: 'litert',
    version: runtime.version,
    precision,
    threads: runtime.threads,
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
