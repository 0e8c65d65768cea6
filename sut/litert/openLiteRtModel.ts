import { LoadGenError, messageOf } from '../../base/errors.js';
import type { TensorShape } from '../modelShapes.js';
import type { LiteRtRuntime } from './liteRtRuntime.js';
import type { LiteRtModel, LiteRtWasm, RankedTensorType, TensorBuffer, Vector } from './liteRtWasm.js';

export interface OpenLiteRtModel {
  readonly inputs: readonly TensorShape[];
  readonly outputs: readonly TensorShape[];
  /**
   * Computes the output from the input, of a model with one of each, in float32; what is not given of the input is as
   * it was, what is not asked of the output is left out.
   *
   * @throws TFLITE_INVOKE if LiteRT cannot
   */
  run(input: Float32Array, output: Float32Array): void;
}

/** Files without named signatures have one, which is the first of the others. */
const SIGNATURE = 0;

/**
 * Opens a TFLite file until nothing refers to it any more.
 *
 * @throws TFLITE_MODEL_REFUSED if LiteRT cannot load it
 */
export function openLiteRtModel(runtime: LiteRtRuntime, bytes: Uint8Array, name: string): OpenLiteRtModel {
  try {
    return open(runtime, bytes, name);
  } catch (thrown) {
    throw failure('TFLITE_MODEL_REFUSED', `LiteRT refuses ${name}`, runtime, thrown);
  }
}

function failure(
  code: 'TFLITE_MODEL_REFUSED' | 'TFLITE_INVOKE',
  what: string,
  runtime: LiteRtRuntime,
  thrown: unknown,
): LoadGenError {
  const reasons = [messageOf(thrown), ...runtime.takeErrors()].join('; ');
  return new LoadGenError(code, `${what}: ${reasons}`, {
    hint: 'The file may be damaged, or use operators that LiteRT does not have.',
    cause: thrown,
  });
}

function open(runtime: LiteRtRuntime, bytes: Uint8Array, name: string): OpenLiteRtModel {
  const { wasm } = runtime;
  const { READ, WRITE } = wasm.LiteRtTensorBufferLockMode;
  const environment = wasm.LiteRtEnvironment.create(null);
  const pointer = wasm._malloc(bytes.length);
  if (pointer === 0) throw new RangeError(`no WASM memory for its ${bytes.length} bytes`);
  wasm.HEAPU8.set(bytes, pointer);
  const model = wasm.loadModel(environment, pointer, bytes.length);
  const compiled = wasm.compileModel(environment, model, {
    accelerator: 'wasm',
    cpuOptions: { numThreads: runtime.threads },
    gpuOptions: {},
    webNNOptions: {},
  });
  const { inputs, outputs } = tensorsOf(wasm, model);
  const inputType = model.getInputTensorType(SIGNATURE, 0);
  const { HOST_MEMORY } = wasm.LiteRtTensorBufferType;
  const input = wasm.LiteRtTensorBuffer.createManaged(environment, HOST_MEMORY, inputType, inputType.bytes());
  inputType.delete();

  const valuesOf = (buffer: TensorBuffer, mode: typeof READ, count: number): Float32Array =>
    new Float32Array(wasm.HEAPU8.buffer, buffer.lock(mode), count);
  return {
    inputs,
    outputs,
    run(inputValues, outputValues) {
      try {
        valuesOf(input, WRITE, inputValues.length).set(inputValues);
        input.unlock();
        const [output] = compiled.run(SIGNATURE, [input]);
        if (output === undefined) throw new Error('it gave no output');
        outputValues.set(valuesOf(output, READ, outputValues.length));
        output.unlock();
        output.delete();
      } catch (thrown) {
        // The operators of a damaged file may leave WASM memory, which ends in a RuntimeError.
        throw failure('TFLITE_INVOKE', `LiteRT cannot run ${name}`, runtime, thrown);
      }
    },
  };
}

function tensorsOf(wasm: LiteRtWasm, model: LiteRtModel): { inputs: TensorShape[]; outputs: TensorShape[] } {
  const signature = model.getSignature(SIGNATURE);
  const inputs = takeValues(signature.inputNames()).map((_, index) => model.getInputTensorType(SIGNATURE, index));
  const outputs = takeValues(signature.outputNames()).map((_, index) => model.getOutputTensorType(SIGNATURE, index));
  signature.delete();
  return {
    inputs: inputs.map((type) => tensorShape(wasm, type)),
    outputs: outputs.map((type) => tensorShape(wasm, type)),
  };
}

function tensorShape(wasm: LiteRtWasm, type: RankedTensorType): TensorShape {
  const layout = type.layout();
  const shape = takeValues(layout.dimensions());
  layout.delete();
  const elementType = type.elementType();
  type.delete();
  const [typeName = 'unknown'] = Object.entries(wasm.ElementType).find(([, known]) => known === elementType) ?? [];
  return { shape, dataType: typeName.toLowerCase() };
}

function takeValues<T>(vector: Vector<T>): T[] {
  const values = Array.from({ length: vector.size() }, (_, index) => vector.get(index));
  vector.delete();
  return values;
}
