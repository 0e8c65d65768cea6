import { join } from 'node:path';
import { packageFolder } from '../platform/node/packageFolder.js';

/** It ships within this package: its peer is another version of TensorFlow.js than the engines', and of it all but this is not used. */
export const TFLITE_PACKAGE = '@tensorflow/tfjs-tflite';

/** The path of a file of its WebAssembly runtime. */
export function tfliteFile(name: string): string {
  return join(packageFolder(TFLITE_PACKAGE), 'wasm', name);
}
