import { LoadGenError } from '../../base/errors.js';
import { inputValuesOf, PAIR_IMAGES } from '../../base/pairLayout.js';
import type { Engine, EngineModel, EngineModule, EngineOptions, InputLayout, Precision } from '../engine.js';
import { type ImageGroup, runInGroups } from '../imageGroups.js';
import { adaptLayout } from '../inputLayout.js';
import { checkTfliteShapes } from '../modelShapes.js';
import { checkTflitePrecision } from '../tfliteModel.js';
import { openInterpreter } from '../tfliteNative/interpreter.js';
import { loadTfliteLibrary, type TfliteLibrary } from '../tfliteNative/library.js';

export const formats: EngineModule['formats'] = ['tflite'];
export const precisions: EngineModule['precisions'] = ['fp32', 'int8'];

interface ClosableGroup extends ImageGroup {
  readonly layout: InputLayout;
  close(): void;
}

/** TensorFlow Lite 2.9 as a native library, with XNNPACK. */
export async function createEngine(model: EngineModel, { precision, threads }: EngineOptions): Promise<Engine> {
  const library = await loadTfliteLibrary();
  const asInFile = openGroup(library, model, threads);
  checkPrecisionOrClose(asInFile, model, precision);
  // A pair at a time takes a tenth less time than its images one by one, on several threads still less.
  const ofPair = asInFile.batch === 1 ? openResizedGroup(library, model, threads, PAIR_IMAGES) : undefined;
  const groups: [ClosableGroup, ...ClosableGroup[]] = ofPair === undefined ? [asInFile] : [ofPair, asInFile];
  const engine: Engine = {
    name: 'tflite-native',
    version: library.version(),
    precision,
    threads,
    instructionSet: 'chosen by XNNPACK',
    infer: (inputs, outputs) => runInGroups(groups, model.network, inputs, outputs),
    close() {
      for (const group of groups) group.close();
    },
  };
  return adaptLayout(engine, model.network, asInFile.layout);
}

export async function checkUsable(): Promise<void> {
  await loadTfliteLibrary();
}

function openGroup(library: TfliteLibrary, model: EngineModel, threads: number, batch?: number): ClosableGroup {
  const { name, network, files } = model;
  const interpreter = openInterpreter(library, { content: files[0].content, name, threads, batch });
  try {
    const { batch: opened, layout } = checkTfliteShapes(interpreter.inputs, interpreter.outputs, model);
    const input = new Float32Array(opened * inputValuesOf(network));
    const output = new Float32Array(opened * network.embeddingValues);
    return {
      batch: opened,
      layout,
      run(inputs, outputs) {
        input.set(inputs);
        interpreter.run(input, output);
        outputs.set(output.subarray(0, outputs.length));
      },
      close: () => interpreter.close(),
    };
  } catch (thrown) {
    interpreter.close();
    throw thrown;
  }
}

function checkPrecisionOrClose(group: ClosableGroup, model: EngineModel, precision: Precision): void {
  try {
    checkTflitePrecision(model, precision);
  } catch (thrown) {
    group.close();
    throw thrown;
  }
}

/** None if constants in the network fix its batch. */
function openResizedGroup(...[library, model, threads, batch]: Required<Parameters<typeof openGroup>>) {
  try {
    return openGroup(library, model, threads, batch);
  } catch (thrown) {
    if (thrown instanceof LoadGenError) return undefined;
    throw thrown;
  }
}
