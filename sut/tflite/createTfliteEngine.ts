import type { TfliteModel } from '../../tflite/createTfliteModel.js';
import type { Engine, EngineModel, InputLayout, Precision } from '../engine.js';
import { type ImageGroup, runInGroups } from '../imageGroups.js';
import { adaptLayout } from '../inputLayout.js';
import { checkTfliteShapes } from '../modelShapes.js';
import { checkTflitePrecision } from '../tfliteModel.js';

export type TfliteEngineFacts = Pick<Engine, 'version' | 'threads' | 'precision'>;

/**
 * An engine that runs an opened TFLite model of one input and one output.
 *
 * @throws MODEL_SHAPE, MODEL_PRECISION unless it is of the model's network and computes so; it is closed then
 */
export function createTfliteEngine(opened: TfliteModel, model: EngineModel, facts: TfliteEngineFacts): Engine {
  const { group, layout } = groupOf(opened, model, facts.precision);
  const engine: Engine = {
    ...facts,
    name: 'tfjs-tflite',
    instructionSet: 'WASM SIMD',
    infer: (inputs, outputs) => runInGroups([group], model.network, inputs, outputs),
    close: () => opened.close(),
  };
  return adaptLayout(engine, model.network, layout);
}

function groupOf(
  opened: TfliteModel,
  model: EngineModel,
  precision: Precision,
): { group: ImageGroup; layout: InputLayout } {
  try {
    checkTflitePrecision(model, precision);
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
