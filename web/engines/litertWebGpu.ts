import { type CompiledModel, type LiteRt, loadLiteRt, Tensor } from '@litertjs/core';
import { LoadGenError, messageOf } from '../../base/errors.js';
import { inputValuesOf } from '../../base/pairLayout.js';
import type { Engine, EngineModel } from '../../sut/engine.js';
import { imageShape } from '../../sut/inputLayout.js';
import { loadLiteRtModule } from './litertModule.js';
import type { PageEngineOptions } from './pageEngine.js';

/** LiteRT on WebGPU, from `@litertjs/core`, in 32-bit floats throughout: left to itself it takes 16 bits. */
export async function createEngine(
  model: EngineModel,
  { version, load, addressOf }: PageEngineOptions,
): Promise<Engine> {
  const { network, files } = model;
  const compiled = await compile(await startLiteRt({ threads: 1, load, addressOf }), files[0].content, model.name);
  const inputValues = inputValuesOf(network);
  const shape = [1, ...imageShape(network, 'NHWC')];
  const runOnce = async (image: Float32Array, embedding: Float32Array) => {
    const input = new Tensor(image, shape);
    const outputs = await compiled.run(input);
    const [values] = await Promise.all(outputs.map((output) => output.data()));
    if (values === undefined) throw new TypeError('LiteRT answers without an output');
    embedding.set(values);
    for (const tensor of [input, ...outputs]) tensor.delete();
  };
  return {
    name: 'litert-webgpu',
    version,
    precision: 'fp32',
    threads: 1,
    instructionSet: 'WebGPU',
    async infer(inputs, outputs) {
      for (let image = 0; image * inputValues < inputs.length; image++) {
        await runOnce(
          inputs.subarray(image * inputValues, (image + 1) * inputValues),
          outputs.subarray(image * network.embeddingValues, (image + 1) * network.embeddingValues),
        );
      }
    },
    close: () => compiled.delete(),
  };
}

async function startLiteRt(options: Parameters<typeof loadLiteRtModule>[0]): Promise<LiteRt> {
  const { create, wasmBinary } = await loadLiteRtModule(options);
  // The package would run its script by `importScripts`, which a worker that is a module lacks. It has been run.
  Object.assign(globalThis, { importScripts() {}, ModuleFactory: create, Module: { wasmBinary } });
  return loadLiteRt('litert_wasm_internal.js');
}

async function compile(liteRt: LiteRt, content: Uint8Array, name: string): Promise<CompiledModel> {
  let compiled: CompiledModel;
  try {
    compiled = await liteRt.loadAndCompile(content, { accelerator: 'webgpu', gpuOptions: { precision: 'fp32' } });
  } catch (thrown) {
    throw new LoadGenError('SUT_DEVICE', `LiteRT cannot run ${name} on WebGPU here: ${messageOf(thrown)}`, {
      cause: thrown,
    });
  }
  // Then it leaves operators to WebAssembly, and the figure would be of both.
  if (compiled.options.accelerator === 'webgpu') return compiled;
  throw new LoadGenError('SUT_DEVICE', `LiteRT runs ${name} in WebAssembly here, not on WebGPU`);
}
