import { LoadGenError } from '../../base/errors.js';
import type { EngineModule } from '../engine.js';

interface EngineEntry {
  readonly name: string;
  readonly description: string;
  /** The file with the engine, an `EngineModule`; imported when first used, in each thread that uses it. */
  readonly module: URL;
  /** The npm packages that it needs and that do not come with this one: its optional peers, of which it fixes the versions. */
  readonly packages: readonly string[];
}

const TFJS = ['@tensorflow/tfjs-core', '@tensorflow/tfjs-converter'];

/** All engines there are. To add one: a file in this folder and a line here. The first, which is the default, needs nothing. */
export const ENGINES: readonly EngineEntry[] = [
  entry('tfjs-tflite', 'TensorFlow Lite in WebAssembly (SIMD, XNNPACK), runs everywhere', './tfjsTflite.js'),
  entry('tfjs-wasm', 'TensorFlow.js in WebAssembly (SIMD, XNNPACK), runs everywhere', './tfjsWasm.js', [
    ...TFJS,
    '@tensorflow/tfjs-backend-wasm',
  ]),
  entry('tfjs-cpu', 'TensorFlow.js in plain JavaScript, runs everywhere, slow', './tfjsCpu.js', [
    ...TFJS,
    '@tensorflow/tfjs-backend-cpu',
  ]),
  entry('tfjs-node', "TensorFlow's native library, through TensorFlow.js", './tfjsNode.js', [
    ...TFJS,
    '@tensorflow/tfjs-node',
  ]),
  entry('onnxruntime', 'ONNX Runtime (native code)', './onnxruntime.js', ['onnxruntime-node']),
  entry('tflite-native', 'TensorFlow Lite 2.9 as a native library, with XNNPACK', './tfliteNative.js', [
    'tfjs-tflite-node',
    'koffi',
  ]),
  entry(
    'litert',
    'LiteRT in WebAssembly (SIMD, relaxed SIMD where Node has it; XNNPACK), runs everywhere',
    './litert.js',
    ['@litertjs/core'],
  ),
  entry('onednn', 'oneDNN of the system (libdnnl2)', './onednn.js', ['koffi']),
  entry('openvino', 'OpenVINO (native code of its Python package, or of the system)', './openvino.js', ['koffi']),
];

/**
 * Imports an engine's file; a plugin's engine is its default export.
 *
 * @throws SUT_ENGINE if it is no engine
 */
export async function importEngine(module: string): Promise<EngineModule> {
  const imported: object = await import(module);
  const engine = 'default' in imported ? imported.default : imported;
  if (isEngineModule(engine)) return engine;
  throw new LoadGenError(
    'SUT_ENGINE',
    `${module} is not an engine: expected formats, precisions, checkUsable and createEngine`,
  );
}

function isEngineModule(imported: unknown): imported is EngineModule {
  return (
    typeof imported === 'object' &&
    imported !== null &&
    'formats' in imported &&
    Array.isArray(imported.formats) &&
    'precisions' in imported &&
    Array.isArray(imported.precisions) &&
    'checkUsable' in imported &&
    typeof imported.checkUsable === 'function' &&
    'createEngine' in imported &&
    typeof imported.createEngine === 'function'
  );
}

function entry(name: string, description: string, file: string, packages: readonly string[] = []): EngineEntry {
  return { name, description, module: new URL(file, import.meta.url), packages };
}
