import { type GraphModel, loadGraphModelSync } from '@tensorflow/tfjs-converter';
import { dispose, enableProdMode, getBackend, io, setBackend, Tensor, tensor, tidy } from '@tensorflow/tfjs-core';
import { LoadGenError, messageOf } from '../../base/errors.js';
import { inputValuesOf, type NetworkShape } from '../../base/pairLayout.js';
import type { Engine, EngineModel, InputLayout } from '../engine.js';
import { adaptLayout, INPUT_LAYOUTS, imageShape } from '../inputLayout.js';
import { formatTensor } from '../modelShapes.js';
import { checkOperators } from './checkOperators.js';
import { joinWeights, modelRefusedError, parseModelJson } from './modelJson.js';

type OpenedModel = GraphModel<io.IOHandlerSync>;

type Facts = Pick<Engine, 'name' | 'version' | 'threads' | 'instructionSet'>;

/**
 * An engine that runs a TensorFlow.js graph model on one of TensorFlow.js's backends, which has to be registered.
 *
 * @throws TFJS_BACKEND if the backend does not start
 * @throws TFJS_MODEL_REFUSED if TensorFlow.js cannot load or run the model
 * @throws MODEL_SHAPE if it is a network of another shape
 */
export function createGraphModelEngine(backend: string, model: EngineModel, facts: Facts): Promise<Engine> {
  return createEngineOn(backend, model, facts, (compute, outputs) =>
    tidy(() => {
      for (const output of compute()) outputs.set(output.dataSync<'float32'>());
    }),
  );
}

/** The same on a backend whose results cannot be waited for, as those of WebGPU. */
export function createLateGraphModelEngine(backend: string, model: EngineModel, facts: Facts): Promise<Engine> {
  return createEngineOn(backend, model, facts, async (compute, outputs) => {
    const computed = tidy(compute);
    for (const output of computed) outputs.set(await output.data<'float32'>());
    dispose(computed);
  });
}

async function createEngineOn(
  backend: string,
  model: EngineModel,
  facts: Facts,
  read: (compute: () => Tensor[], outputs: Float32Array) => void | Promise<void>,
): Promise<Engine> {
  await useBackend(backend);
  const graph = openGraphModel(model);
  let layout: InputLayout;
  try {
    layout = checkShapes(graph, model);
  } catch (thrown) {
    graph.dispose();
    throw thrown;
  }
  const run = (inputs: Float32Array, outputs: Float32Array) =>
    read(() => execute(graph, model.network, layout, inputs), outputs);
  const engine: Engine = {
    ...facts,
    precision: 'fp32',
    infer(inputs, outputs) {
      if (getBackend() === backend) return run(inputs, outputs);
      // There is one current backend in a thread, and another engine made its own the current one.
      return setBackend(backend).then(() => run(inputs, outputs));
    },
    close: () => graph.dispose(),
  };
  return adaptLayout(engine, model.network, layout);
}

/**
 * Makes a registered backend the current one, and starts it if need be.
 *
 * @throws TFJS_BACKEND if it does not start
 */
export async function useBackend(backend: string): Promise<void> {
  // Else TensorFlow.js prints advice to use another backend.
  enableProdMode();
  if (await setBackend(backend)) return;
  throw new LoadGenError('TFJS_BACKEND', `the backend "${backend}" of TensorFlow.js does not start`);
}

function openGraphModel({ name, network, files: [modelFile, ...weightFiles] }: EngineModel): OpenedModel {
  const { weightsManifest, ...modelJson } = parseModelJson(modelFile.content, name);
  const weights = joinWeights(
    weightsManifest,
    weightFiles.map(({ content }) => content),
    name,
  );
  const artifacts: io.ModelArtifacts = {
    ...modelJson,
    weightSpecs: weightsManifest.flatMap((group) => group.weights),
    weightData: weights,
  };
  const graph = loadGraph(artifacts, name);
  try {
    checkOperators(modelJson.modelTopology, {
      longestSide: Math.max(network.inputHeight, network.inputWidth),
      constantOf: (node) => graph.weights[node.replace(/:.*$/, '')]?.[0]?.dataSync(),
      model: name,
    });
    return graph;
  } catch (thrown) {
    graph.dispose();
    throw thrown;
  }
}

function loadGraph(artifacts: io.ModelArtifacts, name: string): OpenedModel {
  try {
    return loadGraphModelSync(io.fromMemorySync(artifacts));
  } catch (thrown) {
    throw modelRefusedError(`TensorFlow.js refuses ${name}: ${messageOf(thrown)}`, thrown);
  }
}

/** What a graph gives has no shape until it is computed, so an image of zeros is: which tries all operators, too. */
function checkShapes(graph: OpenedModel, { name, network }: EngineModel): InputLayout {
  const inputs = graph.inputs.map(formatTfjsTensor).join(', ');
  const expectedInput = (layout: InputLayout) => `-1x${imageShape(network, layout).join('x')} float32`;
  const layout = INPUT_LAYOUTS.find((known) => inputs === expectedInput(known));
  if (layout === undefined) throw shapeError(name, 'from', inputs, expectedInput('NHWC'));
  const outputs = tidy(() => tryOnce(graph, name, network, layout));
  const expectedOutput = `1x${network.embeddingValues} float32`;
  if (outputs !== expectedOutput) throw shapeError(name, 'to', outputs, expectedOutput);
  return layout;
}

function tryOnce(graph: OpenedModel, name: string, network: NetworkShape, layout: InputLayout): string {
  try {
    return execute(graph, network, layout, new Float32Array(inputValuesOf(network)))
      .map(formatTfjsTensor)
      .join(', ');
  } catch (thrown) {
    throw modelRefusedError(`TensorFlow.js cannot run ${name}: ${messageOf(thrown)}`, thrown);
  }
}

function execute(graph: OpenedModel, network: NetworkShape, layout: InputLayout, inputs: Float32Array): Tensor[] {
  const images = inputs.length / inputValuesOf(network);
  const outputs = graph.execute(tensor(inputs, [images, ...imageShape(network, layout)]));
  return outputs instanceof Tensor ? [outputs] : outputs;
}

/** A tensor, or what a graph says of one: -1 stands for any size. */
function formatTfjsTensor({ shape, dtype }: { shape?: readonly number[]; dtype: string }): string {
  return formatTensor({ shape, dataType: dtype });
}

function shapeError(name: string, direction: 'from' | 'to', found: string, expected: string): LoadGenError {
  return new LoadGenError(
    'MODEL_SHAPE',
    `${name} is a network ${direction} ${found}, expected ${direction} ${expected}`,
    {
      hint: 'Give a Sphereface-20 model for any number of images (-1), with the channels last (NHWC) or first (NCHW).',
    },
  );
}
