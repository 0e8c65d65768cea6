import type * as Runtime from 'onnxruntime-web';
import { LoadGenError, messageOf } from '../../base/errors.js';
import { inputValuesOf } from '../../base/pairLayout.js';
import type { Engine, EngineModel } from '../../sut/engine.js';
import { imageShape } from '../../sut/inputLayout.js';
import type { PageEngineOptions } from './pageEngine.js';

/** What computes, by the runtime's name for it. */
export type Provider = 'wasm' | 'webgpu' | 'webnn';

export interface OnnxRuntimeFacts {
  readonly name: string;
  readonly instructionSet: string;
  readonly provider: Provider;
  /** Of the runtime's two files, without their ends. */
  readonly files: string;
}

/**
 * ONNX Runtime compiled to WebAssembly, which also drives what else computes.
 *
 * @throws ONNX_MODEL_REFUSED if it does not load the model
 * @throws SUT_DEVICE if `provider` cannot compute here
 */
export async function createOnnxRuntimeEngine(
  runtime: typeof Runtime,
  model: EngineModel,
  { version, precision, threads, load, addressOf }: PageEngineOptions,
  { name, instructionSet, provider, files }: OnnxRuntimeFacts,
): Promise<Engine> {
  const { env, Tensor } = runtime;
  env.logLevel = 'error';
  env.wasm.numThreads = threads;
  env.wasm.wasmBinary = await load(`${files}.wasm`);
  env.wasm.wasmPaths = { mjs: addressOf(`${files}.mjs`) };
  const session = await openSession(runtime, model, provider);
  const [inputName = '', outputName = ''] = [...session.inputNames, ...session.outputNames];
  const { network } = model;
  const values = inputValuesOf(network);
  return {
    ...{ name, version, precision, threads, instructionSet },
    ...(provider === 'wasm' ? {} : { provider }),
    async infer(inputs, outputs) {
      // The runtime takes no shared memory.
      const images = new Tensor('float32', inputs.slice(), [inputs.length / values, ...imageShape(network, 'NHWC')]);
      const { [outputName]: embeddings } = await session.run({ [inputName]: images });
      if (!(embeddings?.data instanceof Float32Array))
        throw new TypeError('ONNX Runtime answers without float32 values');
      outputs.set(embeddings.data);
    },
    close: () => session.release(),
  };
}

async function openSession(
  { InferenceSession }: typeof Runtime,
  { name, files }: EngineModel,
  provider: Provider,
): Promise<Runtime.InferenceSession> {
  try {
    return await InferenceSession.create(files[0].content, {
      executionProviders: [provider],
      graphOptimizationLevel: 'all',
    });
  } catch (thrown) {
    const reason = messageOf(thrown);
    throw provider === 'wasm'
      ? new LoadGenError('ONNX_MODEL_REFUSED', `ONNX Runtime refuses ${name}: ${reason}`, { cause: thrown })
      : new LoadGenError('SUT_DEVICE', `ONNX Runtime cannot use ${provider} here: ${reason}`, { cause: thrown });
  }
}
