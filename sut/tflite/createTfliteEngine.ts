import type { TfliteModel } from '../../tflite/createTfliteModel.js';
import type { Engine, EngineModel, InputLayout } from '../engine.js';
import { type ImageGroup, runInGroups } from '../imageGroups.js';
import { adaptLayout } from '../inputLayout.js';
import { checkTfliteShapes } from '../modelShapes.js';

/**
 * An engine that runs an opened TFLite model of one input and one output.
 *
 * @throws MODEL_SHAPE unless it is of the model's network; it is closed then
 */
export function createTfliteEngine(
  opened: TfliteModel,
  model: EngineModel,
  facts: Pick<Engine, 'version' | 'threads'>,
): Engine {
  const { group, layout } = groupOf(opened, model);
  const engine: Engine = {
    ...facts,
    name: 'tfjs-tflite',
    precision: 'fp32',
    instructionSet: 'WASM SIMD',
    infer: (inputs, outputs) => runInGroups([group], model.network, inputs, outputs),
    close: () => opened.close(),
  };
  return adaptLayout(engine, model.network, layout);
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
