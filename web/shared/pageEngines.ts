/**
 * The engines that a page may have, and the files of their runtimes. To add one: a file in `web/engines/`, a line in its
 * `index.ts`, and an entry here.
 */
import type { Precision } from '../../sut/engine.js';

/** What an engine may need of a browser. */
export interface BrowserAbilities {
  /** From other pages: without it there is no shared memory, and so no threads. */
  readonly isolated: boolean;
}

export interface EngineInPages {
  readonly name: string;
  readonly description: string;
  readonly precisions: readonly [Precision, ...Precision[]];
  /** Whether several threads may compute an inference, where the page is isolated. */
  readonly hasThreads: boolean;
  /** The npm package with the runtime's files, their folder in it, and those that are handed out. */
  readonly runtime: { readonly package: string; readonly folder: string; readonly files: readonly string[] };
}

export const ENGINES_IN_PAGES = [
  {
    name: 'tfjs-tflite',
    description: 'TensorFlow Lite, WebAssembly',
    precisions: ['fp32'],
    hasThreads: true,
    runtime: {
      package: '@tensorflow/tfjs-tflite',
      folder: 'wasm',
      files: [
        'tflite_web_api_cc_simd.js',
        'tflite_web_api_cc_simd.wasm',
        'tflite_web_api_cc_simd_threaded.js',
        'tflite_web_api_cc_simd_threaded.wasm',
        'tflite_web_api_cc_simd_threaded.worker.js',
      ],
    },
  },
] as const satisfies readonly EngineInPages[];

/** Of a runtime's file, in a manifest. */
export function runtimeFileName(engine: string, file: string): string {
  return `${engine}/${file}`;
}
