import { createRequire } from 'node:module';
import { LoadGenError } from '../../base/errors.js';
import { openTfliteModel, type TfliteModel, type TfliteTensor } from '../../tflite/openTfliteModel.js';
import { wasmRuntime } from '../../tflite/wasmRuntime.js';
import type { Engine, EngineModel } from '../engine.js';
import { EMBEDDING_VALUES, INPUT_CHANNELS, INPUT_HEIGHT, INPUT_VALUES, INPUT_WIDTH } from '../sphereface20/network.js';

/** TensorFlow Lite compiled to WebAssembly, from `@tensorflow/tfjs-tflite`: one thread, SIMD, XNNPACK. */
export async function createEngine(model: EngineModel): Promise<Engine> {
  const tfliteModel = await openTfliteModel(model.tflite, model.name);
  const { input, output } = checkedTensors(tfliteModel, model.name);
  return {
    name: 'tfjs-tflite',
    version: packageVersion(),
    threads: 1,
    instructionSet: 'WASM SIMD',
    infer(inputs, outputs) {
      for (let image = 0; image * INPUT_VALUES < inputs.length; image++) {
        input.data().set(inputs.subarray(image * INPUT_VALUES, (image + 1) * INPUT_VALUES));
        tfliteModel.invoke();
        outputs.set(output.data(), image * EMBEDDING_VALUES);
      }
    },
    close: () => tfliteModel.close(),
  };
}

export async function checkUsable(): Promise<void> {
  await wasmRuntime();
}

function checkedTensors(model: TfliteModel, name: string): { input: TfliteTensor; output: TfliteTensor } {
  const [input, ...otherInputs] = model.inputs;
  const [output, ...otherOutputs] = model.outputs;
  const expectedInput = `1x${INPUT_HEIGHT}x${INPUT_WIDTH}x${INPUT_CHANNELS} float32`;
  const expectedOutput = `1x${EMBEDDING_VALUES} float32`;
  if (
    input !== undefined &&
    output !== undefined &&
    otherInputs.length + otherOutputs.length === 0 &&
    described(input) === expectedInput &&
    described(output) === expectedOutput
  ) {
    return { input, output };
  }
  const found = `${model.inputs.map(described).join(', ')} to ${model.outputs.map(described).join(', ')}`;
  model.close();
  throw new LoadGenError(
    'MODEL_SHAPE',
    `${name} is a network from ${found}, expected one from ${expectedInput} to ${expectedOutput}`,
    { hint: 'Give a Sphereface-20 model, one image at a time, in the layout height, width, channel.' },
  );
}

function described({ shape, dataType }: TfliteTensor): string {
  return `${shape.join('x')} ${dataType}`;
}

function packageVersion(): string {
  const manifest: unknown = createRequire(import.meta.url)('@tensorflow/tfjs-tflite/package.json');
  if (typeof manifest === 'object' && manifest !== null && 'version' in manifest) return String(manifest.version);
  return 'unknown';
}
