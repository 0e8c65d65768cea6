import { createRequire } from 'node:module';
import { LoadGenError } from '../../base/errors.js';
import { openTfliteModel, type TfliteModel, type TfliteTensor } from '../../tflite/openTfliteModel.js';
import { wasmRuntime } from '../../tflite/wasmRuntime.js';
import type { Engine, EngineModel, EngineModule } from '../engine.js';
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

function checkedTensors(
  model: TfliteModel,
  { name, network }: EngineModel,
): { input: TfliteTensor; output: TfliteTensor } {
  const [input, ...otherInputs] = model.inputs;
  const [output, ...otherOutputs] = model.outputs;
  const { inputHeight, inputWidth, inputChannels, embeddingValues } = network;
  const expectedInput = `1x${inputHeight}x${inputWidth}x${inputChannels} float32`;
  const expectedOutput = `1x${embeddingValues} float32`;
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
