import { LoadGenError, messageOf } from '../../base/errors.js';
import { PAIR_IMAGES } from '../../base/pairLayout.js';
import type { Engine, EngineModel, EngineModule, EngineOptions } from '../engine.js';
import { runInGroups } from '../imageGroups.js';
import { adaptLayout, imageShape } from '../inputLayout.js';
import { layoutOf, modelShapeError } from '../modelShapes.js';
import { completeOnnxFile } from '../onnxExternalData.js';
import { batchOf, checkOnnxPrecision } from '../onnxModel.js';
import { compileGroup } from '../openvino/compiledGroup.js';
import { loadOpenVino } from '../openvino/library.js';
import { type ReadModel, readModel, reshape } from '../openvino/model.js';
import { CPU, compileProperties, floatTypeOf } from '../openvino/properties.js';
import { OpenVinoSession } from '../openvino/session.js';
import type { Targets } from '../targets.js';
import { vectorInstructionSets } from '../vectorInstructionSets.js';

export const formats: EngineModule['formats'] = ['onnx'];
export const precisions: EngineModule['precisions'] = ['fp32', 'bf16', 'int8'];

/**
 * OpenVINO, called through koffi. The network is compiled for a pair and for a single image, since a network for any
 * number of images is slower, and in 8 bits wrong (OpenVINO 2026.4).
 */
export async function createEngine(
  model: EngineModel,
  { precision, threads, python, device = CPU }: EngineOptions,
): Promise<Engine> {
  const library = await loadOpenVino(python);
  const session = new OpenVinoSession(library);
  try {
    const floatType = floatTypeOf(session, device, precision);
    const content = completeOnnxFile(model);
    const read = readOrRefuse(session, model.name, content);
    checkOnnxPrecision(model.name, content, precision);
    const batch = batchOf(read);
    const layout = layoutOf(read, model, batch);
    if (layout === undefined) throw modelShapeError(model, read, [batch]);
    const properties = compileProperties(device, floatType, threads);
    const compile = (images: number) => {
      const inputShape = [images, ...imageShape(model.network, layout)] as const;
      reshape(session, read, inputShape);
      return compileGroup(session, { model: read.handle, device, properties, network: model.network, inputShape });
    };
    const smallest = compile(batch === 'N' ? 1 : batch);
    const groups = batch === 'N' ? ([compile(PAIR_IMAGES), smallest] as const) : ([smallest] as const);
    let isClosed = false;
    const engine: Engine = {
      name: 'openvino',
      version: library.version,
      precision,
      ...(device === CPU
        ? { threads: Number(smallest.property('INFERENCE_NUM_THREADS')), instructionSet: instructionSet() }
        : { threads: 1, instructionSet: session.deviceProperty(device, 'FULL_DEVICE_NAME') }),
      device: smallest.property('EXECUTION_DEVICES'),
      infer(inputs, outputs) {
        // The library would write to memory that it has freed.
        if (isClosed) throw new LoadGenError('OPENVINO', 'an inference was asked for after the engine was closed');
        runInGroups(groups, model.network, inputs, outputs);
      },
      close() {
        isClosed = true;
        session.close();
      },
    };
    return adaptLayout(engine, model.network, layout);
  } catch (thrown) {
    session.close();
    throw thrown;
  }
}

export async function checkUsable(): Promise<void> {
  await loadOpenVino();
}

export async function listTargets({ python }: Pick<EngineOptions, 'python'>): Promise<Targets> {
  const session = new OpenVinoSession(await loadOpenVino(python));
  try {
    const devices = session.devices();
    // Of several, the first can also be meant without its number.
    const kinds = devices.map((device) => device.replace(/\.\d+$/, ''));
    return { devices: [...new Set([...kinds, ...devices])] };
  } finally {
    session.close();
  }
}

function readOrRefuse(session: OpenVinoSession, name: string, content: Uint8Array): ReadModel {
  try {
    return readModel(session, content);
  } catch (thrown) {
    throw new LoadGenError('ONNX_MODEL_REFUSED', `OpenVINO refuses ${name}: ${messageOf(thrown)}`, {
      hint: 'Is it a whole ONNX file, with operators that this version of OpenVINO has?',
      cause: thrown,
    });
  }
}

/** The library does not tell; its kernels (oneDNN) are chosen by what the processor has. */
function instructionSet(): string {
  const sets = vectorInstructionSets();
  return sets.length === 0 ? 'oneDNN' : `oneDNN, on a processor with ${sets.join(', ')}`;
}
