import { LoadGenError } from '../../base/errors.js';
import type { TensorShape } from '../modelShapes.js';
import type { Pointer, TfliteLibrary } from './library.js';

export interface TfliteInterpreter {
  readonly inputs: readonly TensorShape[];
  readonly outputs: readonly TensorShape[];
  /** The file, whose weights TFLite uses in place: as long as this is held, so are they. */
  readonly content: Uint8Array;
  /**
   * Computes the only output from the only input; the arrays have their lengths.
   *
   * @throws TFLITE_INVOKE if TensorFlow Lite cannot
   */
  run(input: Float32Array, output: Float32Array): void;
  /** Frees all native memory. Calling it again does nothing. */
  close(): void;
}

interface InterpreterOptions {
  readonly content: Uint8Array;
  /** Stands in errors. */
  readonly name: string;
  readonly threads: number;
  /** Instead of the first dimension that the input has in the file. */
  readonly batch?: number | undefined;
}

/**
 * Opens a TFLite file to be computed by XNNPACK where it knows the operators. Why TFLite refuses a file, it only writes
 * to standard error.
 *
 * @throws TFLITE_MODEL_REFUSED if TFLite refuses the file
 */
export function openInterpreter(
  library: TfliteLibrary,
  { content, name, threads, batch }: InterpreterOptions,
): TfliteInterpreter {
  const releases: (() => void)[] = [];
  const close = (): void => {
    for (const release of releases.splice(0).reverse()) release();
  };
  const hold = (object: Pointer | null, release: (object: Pointer) => void): Pointer => {
    if (object === null) throw modelRefusedError(name);
    releases.push(() => release(object));
    return object;
  };

  try {
    const model = hold(library.createModel(content, content.length), library.deleteModel);
    const delegate = hold(
      library.createXnnpackDelegate({ num_threads: threads, flags: 0 }),
      library.deleteXnnpackDelegate,
    );
    const options = hold(library.createOptions(), library.deleteOptions);
    library.setThreads(options, threads);
    library.addDelegate(options, delegate);
    const interpreter = hold(library.createInterpreter(model, options), library.deleteInterpreter);
    if (batch !== undefined) resizeBatch(library, interpreter, batch, name);
    if (library.allocateTensors(interpreter) !== OK) throw modelRefusedError(name);
    const inputs = tensors(library.inputCount(interpreter), (index) => library.inputTensor(interpreter, index));
    const outputs = tensors(library.outputCount(interpreter), (index) => library.outputTensor(interpreter, index));
    return {
      inputs: inputs.map((tensor) => tensorShape(library, tensor)),
      outputs: outputs.map((tensor) => tensorShape(library, tensor)),
      content,
      run(input, output) {
        if (releases.length === 0) throw cannotRun(name, 'it was closed before this inference');
        const [inputTensor] = inputs;
        const [outputTensor] = outputs;
        const done =
          inputTensor !== undefined &&
          outputTensor !== undefined &&
          library.copyToTensor(inputTensor, input, input.byteLength) === OK &&
          library.invoke(interpreter) === OK &&
          library.copyFromTensor(outputTensor, output, output.byteLength) === OK;
        if (!done) throw cannotRun(name, 'its reason stands on standard error');
      },
      close,
    };
  } catch (thrown) {
    close();
    throw thrown;
  }
}

/** kTfLiteOk */
const OK = 0;

function resizeBatch(library: TfliteLibrary, interpreter: Pointer, batch: number, name: string): void {
  const input = library.inputTensor(interpreter, 0);
  if (input === null) throw modelRefusedError(name);
  const shape = Int32Array.of(batch, ...shapeOf(library, input).slice(1));
  if (library.resizeInput(interpreter, 0, shape, shape.length) !== OK) throw modelRefusedError(name);
}

function tensors(count: number, at: (index: number) => Pointer | null): Pointer[] {
  return Array.from({ length: count }, (_, index) => at(index)).filter((tensor) => tensor !== null);
}

function tensorShape(library: TfliteLibrary, tensor: Pointer): TensorShape {
  return {
    shape: shapeOf(library, tensor),
    dataType: library.typeName(library.tensorType(tensor)).toLowerCase(),
  };
}

function shapeOf(library: TfliteLibrary, tensor: Pointer): number[] {
  return Array.from({ length: library.tensorRank(tensor) }, (_, index) => library.tensorDimension(tensor, index));
}

function modelRefusedError(name: string): LoadGenError {
  return new LoadGenError(
    'TFLITE_MODEL_REFUSED',
    `TensorFlow Lite refuses ${name}; its reason stands on standard error`,
    { hint: 'The file may be damaged, or use operators that TensorFlow Lite 2.9 does not have.' },
  );
}

function cannotRun(name: string, reason: string): LoadGenError {
  return new LoadGenError('TFLITE_INVOKE', `TensorFlow Lite cannot run ${name}: ${reason}`);
}
