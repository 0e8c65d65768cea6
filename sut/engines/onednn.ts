import { LoadGenError } from '../../base/errors.js';
import { inputValuesOf } from '../../base/pairLayout.js';
import type { Engine, EngineModel, EngineModule, EngineOptions } from '../engine.js';
import { imageCountOf } from '../imageGroups.js';
import { type BuiltNetwork, buildNetwork, MOST_IMAGES } from '../onednn/buildNetwork.js';
import { loadOneDnn } from '../onednn/library.js';
import { quantizationStepsFor } from '../onednn/quantizationSteps.js';
import { OneDnnSession } from '../onednn/session.js';
import { place } from '../onednn/tensor.js';
import { SPHEREFACE20 } from '../sphereface20/network.js';
import { readWeights } from '../sphereface20/readWeights.js';

export const formats: EngineModule['formats'] = ['safetensors'];
export const precisions: EngineModule['precisions'] = ['fp32', 'bf16', 'int8'];

/**
 * The system's oneDNN, called through koffi: the network as a list of primitives that are made once. Inputs and outputs
 * are read and written where they lie.
 */
export async function createEngine(model: EngineModel, { precision, threads }: EngineOptions): Promise<Engine> {
  const library = await loadOneDnn();
  const { content, name } = model.files[0];
  const weights = readWeights(content, name, SPHEREFACE20);
  const quantizationSteps = precision === 'int8' ? await quantizationStepsFor(content, model.name) : new Map();
  const { inputHeight, inputWidth, inputChannels, embeddingValues } = model.network;
  // Primitives divide their work among as many threads as there are when they are made.
  library.setThreads(threads);
  const session = new OneDnnSession(library);
  const network = buildOrClose(session, {
    layers: SPHEREFACE20,
    weights,
    inputDimensions: [inputChannels, inputHeight, inputWidth],
    precision,
    quantizationSteps,
  });
  const inputValues = inputValuesOf(model.network);
  let isClosed = false;
  return {
    name: 'onednn',
    version: library.version,
    precision,
    threads,
    instructionSet: library.instructionSet,
    infer(inputs, outputs) {
      // The library would write to memory that it has freed.
      if (isClosed) throw new LoadGenError('ONEDNN', 'an inference was asked for after the engine was closed');
      // The number belongs to the thread, which another engine may share.
      library.setThreads(threads);
      const total = imageCountOf(model.network, inputs, outputs);
      for (let first = 0; first < total; first += MOST_IMAGES) {
        const images = Math.min(MOST_IMAGES, total - first);
        for (let image = 0; image < images; image++) {
          const position = first + image;
          const input = inputs.subarray(position * inputValues, (position + 1) * inputValues);
          const output = outputs.subarray(position * embeddingValues, (position + 1) * embeddingValues);
          place(session, network.input, image, input);
          place(session, network.output, image, output);
        }
        execute(network, images);
        session.finish();
      }
    },
    close() {
      isClosed = true;
      session.close();
    },
  };
}

export async function checkUsable(): Promise<void> {
  await loadOneDnn();
}

function execute({ blocks }: BuiltNetwork, images: number): void {
  for (const steps of blocks) {
    for (let image = 0; image < images; image++) {
      for (const step of steps) step.execute(image);
    }
  }
}

function buildOrClose(session: OneDnnSession, options: Parameters<typeof buildNetwork>[1]): BuiltNetwork {
  try {
    return buildNetwork(session, options);
  } catch (thrown) {
    session.close();
    throw thrown;
  }
}
