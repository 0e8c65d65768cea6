import type * as Runtime from 'onnxruntime-node';
import { inputValuesOf } from '../../base/pairLayout.js';
import type { Engine, EngineModel, EngineModule, EngineOptions, Precision } from '../engine.js';
import { adaptLayout } from '../inputLayout.js';
import { layoutOf, modelShapeError, type TensorShape } from '../modelShapes.js';
import { completeOnnxFile } from '../onnxExternalData.js';
import { batchOf, checkOnnxPrecision } from '../onnxModel.js';
import { createBatchTensors, FLOAT_TYPES, type FloatType, type ModelTensors } from '../onnxruntime/batchTensors.js';
import { createProfile } from '../onnxruntime/profile.js';
import { type OpenOptions, openSession, providersOf, tryProvider } from '../onnxruntime/session.js';
import { importOptional } from '../optionalPackage.js';
import type { Targets } from '../targets.js';
import { vectorInstructionSets } from '../vectorInstructionSets.js';

export const formats: EngineModule['formats'] = ['onnx'];
export const precisions: EngineModule['precisions'] = ['fp32', 'int8'];

/** Computes where nobody chooses. */
const CPU = 'cpu';

/** ONNX Runtime, native code from `onnxruntime-node`. */
export async function createEngine(
  model: EngineModel,
  { precision, threads, provider = CPU }: EngineOptions,
): Promise<Engine> {
  const profile = provider === CPU ? undefined : await createProfile();
  try {
    return await openEngine(model, { precision, threads, provider, profile });
  } finally {
    await profile?.remove();
  }
}

async function openEngine(
  model: EngineModel,
  { precision, threads, provider, profile }: OpenOptions & { readonly precision: Precision },
): Promise<Engine> {
  const runtime = await importRuntime();
  // A pool hands the file to its workers in shared memory, of which the runtime takes nothing.
  const content = unshared(completeOnnxFile(model));
  const session = await openSession(runtime, model.name, content, { threads, provider, profile });
  const { batch, ...tensorTypes } = await checkedShape(model, session, content, precision);
  const [inputName = '', outputName = ''] = [...session.inputNames, ...session.outputNames];
  const { embeddingValues } = model.network;
  const inputValues = inputValuesOf(model.network);
  const tensorsFor = (images: number) => createBatchTensors(runtime, model.network, tensorTypes, images);
  let tensors = tensorsFor(batch ?? 1);
  const run = () => session.run({ [inputName]: tensors.input }, { [outputName]: tensors.output });
  const usedProvider =
    profile === undefined ? provider : await tryProvider(runtime, session, run, { provider, profile });

  const engine: Engine = {
    name: 'onnxruntime',
    version: runtime.env.versions.node ?? 'unknown',
    precision,
    threads,
    instructionSet: provider === CPU ? instructionSet() : `chosen by ${provider}`,
    provider: usedProvider,
    async infer(inputs, outputs) {
      const total = inputs.length / inputValues;
      for (let done = 0; done < total; done += tensors.images) {
        const images = Math.min(total - done, batch ?? total);
        if (batch === undefined && images !== tensors.images) tensors = tensorsFor(images);
        tensors.putInputs(inputs.subarray(done * inputValues, (done + images) * inputValues));
        await run();
        tensors.takeOutputs(outputs.subarray(done * embeddingValues, (done + images) * embeddingValues));
      }
    },
    close: () => session.release(),
  };
  return adaptLayout(engine, model.network, tensorTypes.layout);
}

export async function checkUsable(): Promise<void> {
  await importRuntime();
}

export async function listTargets(): Promise<Targets> {
  return { providers: providersOf(await importRuntime()) };
}

async function importRuntime(): Promise<typeof Runtime> {
  const runtime = await importOptional('onnxruntime-node', 'onnxruntime', () => import('onnxruntime-node'));
  runtime.env.logLevel = 'fatal';
  return runtime;
}

function unshared(content: Uint8Array): Uint8Array {
  return content.buffer instanceof SharedArrayBuffer ? content.slice() : content;
}

interface FoundShape extends ModelTensors {
  /** How many images the model takes at a time; undefined if any number. */
  readonly batch: number | undefined;
}

/** Closes the session where the model is not what was asked for. */
async function checkedShape(
  model: EngineModel,
  session: Runtime.InferenceSession,
  content: Uint8Array,
  precision: Precision,
): Promise<FoundShape> {
  try {
    checkOnnxPrecision(model.name, content, precision);
    return shapeOf(model, session);
  } catch (thrown) {
    await session.release();
    throw thrown;
  }
}

function shapeOf(model: EngineModel, { inputMetadata, outputMetadata }: Runtime.InferenceSession): FoundShape {
  const found = { inputs: inputMetadata.map(tensorShape), outputs: outputMetadata.map(tensorShape) };
  const batch = batchOf(found);
  const asFloat32 = { inputs: found.inputs.map(inFloat32), outputs: found.outputs.map(inFloat32) };
  const layout = layoutOf(asFloat32, model, batch);
  const inputType = floatTypeOf(found.inputs[0]);
  const outputType = floatTypeOf(found.outputs[0]);
  if (layout === undefined || inputType === undefined || outputType === undefined) {
    throw modelShapeError(model, found, [batch]);
  }
  return { batch: batch === 'N' ? undefined : batch, layout, inputType, outputType };
}

function tensorShape(value: Runtime.InferenceSession.ValueMetadata): TensorShape {
  if (!value.isTensor) return { shape: undefined, dataType: 'no tensor' };
  return { shape: value.shape.map((size) => (typeof size === 'number' ? size : 'N')), dataType: value.type };
}

function inFloat32(tensor: TensorShape): TensorShape {
  return floatTypeOf(tensor) === undefined ? tensor : { ...tensor, dataType: 'float32' };
}

function floatTypeOf(tensor: TensorShape | undefined): FloatType | undefined {
  return FLOAT_TYPES.find((type) => type === tensor?.dataType);
}

/** The runtime does not tell; its kernels (MLAS) are chosen by what the processor has. */
function instructionSet(): string {
  const sets = vectorInstructionSets();
  return sets.length === 0 ? 'MLAS' : `MLAS, on a processor with ${sets.join(', ')}`;
}
