import { join } from 'node:path';
import { LoadGenError } from '../../base/errors.js';
import { findOptionalPackage, importOptional, notInstalled } from '../optionalPackage.js';

/** An address in native memory. */
export type Pointer = bigint;

/** The part of TFLite's C interface that we use. What makes an object returns null, other calls a status, on failure. */
export interface TfliteLibrary {
  version(): string;
  /** Of a type's number: "FLOAT32". */
  typeName(type: number): string;
  /** The bytes stay the caller's and have to outlive the model. */
  createModel(bytes: Uint8Array, byteCount: number): Pointer | null;
  deleteModel(model: Pointer): void;
  createOptions(): Pointer | null;
  setThreads(options: Pointer, threads: number): void;
  addDelegate(options: Pointer, delegate: Pointer): void;
  deleteOptions(options: Pointer): void;
  createXnnpackDelegate(options: { num_threads: number; flags: number }): Pointer | null;
  deleteXnnpackDelegate(delegate: Pointer): void;
  createInterpreter(model: Pointer, options: Pointer): Pointer | null;
  deleteInterpreter(interpreter: Pointer): void;
  resizeInput(interpreter: Pointer, index: number, shape: Int32Array, rank: number): number;
  allocateTensors(interpreter: Pointer): number;
  invoke(interpreter: Pointer): number;
  inputCount(interpreter: Pointer): number;
  inputTensor(interpreter: Pointer, index: number): Pointer | null;
  outputCount(interpreter: Pointer): number;
  outputTensor(interpreter: Pointer, index: number): Pointer | null;
  tensorType(tensor: Pointer): number;
  tensorRank(tensor: Pointer): number;
  tensorDimension(tensor: Pointer, index: number): number;
  /** Copies a whole tensor, no more and no less. */
  copyToTensor(tensor: Pointer, values: Float32Array, byteCount: number): number;
  copyFromTensor(tensor: Pointer, values: Float32Array, byteCount: number): number;
}

const PACKAGE = 'tfjs-tflite-node';
const ENGINE = 'tflite-native';

/** Where the package keeps the library for each platform. That for macOS has no XNNPACK delegate. */
const LIBRARIES: Readonly<Record<string, string>> = {
  'linux arm64': 'cc_deps/linux_arm64/libtensorflowlite_c.so',
  'linux x64': 'cc_deps/linux_amd64/libtensorflowlite_c.so',
  'win32 x64': 'cc_deps/windows_amd64/tensorflowlite_c.dll',
};

/**
 * TensorFlow Lite 2.9 as a shared library out of an npm package, whose own binding for Node has to be compiled and does
 * not use XNNPACK for convolutions.
 *
 * @throws SUT_NOT_INSTALLED if the package or koffi is missing, or has no library for this platform
 */
export async function loadTfliteLibrary(
  packageName = PACKAGE,
  platform = `${process.platform} ${process.arch}`,
): Promise<TfliteLibrary> {
  const path = LIBRARIES[platform];
  if (path === undefined) {
    const platforms = Object.keys(LIBRARIES).join(', ');
    throw new LoadGenError(
      'SUT_NOT_INSTALLED',
      `${packageName} has no library with XNNPACK for ${platform}, only for ${platforms}`,
    );
  }
  const file = join(findOptionalPackage(packageName, ENGINE).folder, path);
  const { default: koffi } = await importOptional('koffi', ENGINE, () => import('koffi'));
  try {
    const library = koffi.load(file);
    // As in xnnpack_delegate.h of TensorFlow 2.9; the package does not ship that header.
    const delegateOptions = koffi.struct({ num_threads: 'int32_t', flags: 'uint32_t' });
    return {
      version: library.func('const char *TfLiteVersion()'),
      typeName: library.func('const char *TfLiteTypeGetName(int type)'),
      createModel: library.func('void *TfLiteModelCreate(const void *bytes, size_t byteCount)'),
      deleteModel: library.func('void TfLiteModelDelete(void *model)'),
      createOptions: library.func('void *TfLiteInterpreterOptionsCreate()'),
      setThreads: library.func('void TfLiteInterpreterOptionsSetNumThreads(void *options, int32_t threads)'),
      addDelegate: library.func('void TfLiteInterpreterOptionsAddDelegate(void *options, void *delegate)'),
      deleteOptions: library.func('void TfLiteInterpreterOptionsDelete(void *options)'),
      createXnnpackDelegate: library.func('TfLiteXNNPackDelegateCreate', 'void *', [koffi.pointer(delegateOptions)]),
      deleteXnnpackDelegate: library.func('void TfLiteXNNPackDelegateDelete(void *delegate)'),
      createInterpreter: library.func('void *TfLiteInterpreterCreate(void *model, void *options)'),
      deleteInterpreter: library.func('void TfLiteInterpreterDelete(void *interpreter)'),
      resizeInput: library.func(
        'int TfLiteInterpreterResizeInputTensor(void *interpreter, int32_t index, const int *shape, int32_t rank)',
      ),
      allocateTensors: library.func('int TfLiteInterpreterAllocateTensors(void *interpreter)'),
      invoke: library.func('int TfLiteInterpreterInvoke(void *interpreter)'),
      inputCount: library.func('int32_t TfLiteInterpreterGetInputTensorCount(void *interpreter)'),
      inputTensor: library.func('void *TfLiteInterpreterGetInputTensor(void *interpreter, int32_t index)'),
      outputCount: library.func('int32_t TfLiteInterpreterGetOutputTensorCount(void *interpreter)'),
      outputTensor: library.func('void *TfLiteInterpreterGetOutputTensor(void *interpreter, int32_t index)'),
      tensorType: library.func('int TfLiteTensorType(void *tensor)'),
      tensorRank: library.func('int32_t TfLiteTensorNumDims(void *tensor)'),
      tensorDimension: library.func('int32_t TfLiteTensorDim(void *tensor, int32_t index)'),
      copyToTensor: library.func('int TfLiteTensorCopyFromBuffer(void *tensor, const void *values, size_t byteCount)'),
      copyFromTensor: library.func('int TfLiteTensorCopyToBuffer(void *tensor, void *values, size_t byteCount)'),
    };
  } catch (thrown) {
    throw notInstalled(packageName, ENGINE, thrown);
  }
}
