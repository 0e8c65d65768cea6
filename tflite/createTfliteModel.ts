import type { WebModelRunner, WebTensor } from '@tensorflow/tfjs-tflite/wasm/tflite_web_api_cc_simd.js';
import { LoadGenError, messageOf } from '../base/errors.js';
import { checkTfliteIdentifier } from './checkTfliteIdentifier.js';
import type { WasmRuntime } from './startWasmRuntime.js';

export interface TfliteTensor {
  readonly name: string;
  readonly shape: readonly number[];
  /** "float32", "int8", ... */
  readonly dataType: string;
  /**
   * The tensor's memory, to write inputs to and read outputs from: a new view each time, not to be kept over `invoke`
   * or the opening of another model, in which WASM memory may grow.
   *
   * @throws TFLITE_DATA_TYPE unless the tensor is float32
   * @throws TFLITE_INVOKE if the model was closed
   */
  data(): Float32Array;
}

export interface TfliteModel {
  readonly inputs: readonly TfliteTensor[];
  readonly outputs: readonly TfliteTensor[];
  /**
   * Computes the outputs from the inputs.
   *
   * @throws TFLITE_INVOKE if the runtime cannot, or the model was closed
   */
  invoke(): void;
  /** Frees the model's memory; the model and its tensors are of no use afterwards. Calling it again does nothing. */
  close(): void;
}

/**
 * Opens a TFLite model, from the content of its file, on a runtime. `name` stands in errors, as a file's path would.
 *
 * @throws TFLITE_FORMAT if it is no TFLite file
 * @throws TFLITE_MODEL_REFUSED if the runtime cannot load it
 */
export function createTfliteModel(runtime: WasmRuntime, bytes: Uint8Array, name: string, threads: number): TfliteModel {
  checkTfliteIdentifier(bytes, name);
  runtime.takePrintedLines();
  try {
    return createModel(runtime, bytes, name, threads);
  } catch (thrown) {
    if (thrown instanceof LoadGenError) throw thrown;
    runtime.discard();
    throw modelRefusedError(runtime, name, messageOf(thrown), thrown);
  }
}

function createModel(runtime: WasmRuntime, bytes: Uint8Array, name: string, threads: number): TfliteModel {
  const { api } = runtime;
  const pointer = api._malloc(bytes.length);
  if (pointer === 0) throw modelRefusedError(runtime, name, `no WASM memory for its ${bytes.length} bytes`);
  api.HEAPU8.set(bytes, pointer);
  const created = api.TFLiteWebModelRunner.CreateFromBufferAndOptions(pointer, bytes.length, {
    numThreads: threads,
    enableProfiling: false,
    maxProfilingBufferEntries: 0,
  });
  if (!created.ok()) {
    const reason = created.errorMessage();
    created.delete();
    api._free(pointer);
    throw modelRefusedError(runtime, name, reason);
  }
  const runner = created.value();
  created.delete();
  const inputs = tensorsOf(runner.GetInputs());
  const outputs = tensorsOf(runner.GetOutputs());
  let open = true;
  const checkOpen = (): void => {
    if (!open) throw new LoadGenError('TFLITE_INVOKE', `${name} was closed before this inference`);
  };
  return {
    inputs: inputs.map((tensor) => toTfliteTensor(tensor, checkOpen)),
    outputs: outputs.map((tensor) => toTfliteTensor(tensor, checkOpen)),
    invoke() {
      checkOpen();
      infer(runtime, runner, name);
    },
    close() {
      if (!open) return;
      open = false;
      for (const tensor of [...inputs, ...outputs]) tensor.delete();
      runner.delete();
      api._free(pointer);
    },
  };
}

function infer(runtime: WasmRuntime, runner: WebModelRunner, name: string): void {
  let cause: unknown;
  try {
    if (runner.Infer()) return;
  } catch (thrown) {
    runtime.discard();
    cause = thrown;
  }
  const reason = [...(cause === undefined ? [] : [messageOf(cause)]), ...runtime.takePrintedLines()].join('; ');
  throw new LoadGenError('TFLITE_INVOKE', `the TFLite runtime cannot run ${name}: ${reason || 'no reason given'}`, {
    cause,
  });
}

function tensorsOf(vector: ReturnType<WebModelRunner['GetInputs']>): WebTensor[] {
  const tensors = Array.from({ length: vector.size() }, (_, index) => vector.get(index));
  vector.delete();
  return tensors;
}

function toTfliteTensor(tensor: WebTensor, checkOpen: () => void): TfliteTensor {
  const { name, shape, dataType } = tensor;
  return {
    name,
    shape: shape === '' ? [] : shape.split(',').map(Number),
    dataType,
    data() {
      checkOpen();
      const view = tensor.data();
      if (view instanceof Float32Array) return view;
      throw new LoadGenError('TFLITE_DATA_TYPE', `tensor ${name} is ${dataType}, expected float32`);
    },
  };
}

function modelRefusedError(runtime: WasmRuntime, name: string, reason: string, cause?: unknown): LoadGenError {
  const details = [reason, ...runtime.takePrintedLines()].join('; ');
  return new LoadGenError('TFLITE_MODEL_REFUSED', `the TFLite runtime refuses ${name}: ${details}`, {
    hint: 'The file may be damaged, or use operators that this runtime (TFLite 2.x for the web) does not have.',
    cause,
  });
}
