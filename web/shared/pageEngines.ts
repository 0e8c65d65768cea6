/**
 * The engines that a page may have, and the files of their runtimes. To add one: a file in `web/engines/`, a line in its
 * `index.ts`, and an entry here.
 */
import type { Precision } from '../../sut/engine.js';
import type { ModelFormat } from '../../sut/modelFormats.js';

/** What engines may need of a browser. */
export interface BrowserAbilities {
  readonly webGpu: boolean;
  readonly webGl: boolean;
  readonly webNn: boolean;
}
export type Ability = keyof BrowserAbilities;

/** What a page says of an engine that its browser lacks something for. */
export const LACKING: Readonly<Record<Ability, string>> = {
  webGpu: 'needs WebGPU, which this browser does not offer here',
  webGl: 'needs WebGL 2, which this browser does not offer here',
  webNn: 'needs WebNN, which this browser does not offer',
};

export interface EngineInPages {
  readonly name: string;
  readonly description: string;
  /** Of the model that it loads. */
  readonly format: ModelFormat;
  readonly precisions: readonly [Precision, ...Precision[]];
  readonly needs: readonly Ability[];
  /** Whether several threads may compute an inference, where a page is isolated. */
  readonly hasThreads: boolean;
  readonly runtime: Runtime;
}

/** What is handed out of a runtime, beside the scripts that are built into the page. */
interface Runtime {
  /** Of npm. */
  readonly package: string;
  /** In the package. */
  readonly folder: string;
  /** Of those a browser loads one: the first, unless it lacks something for it or is to have threads. */
  readonly builds: readonly (readonly string[])[];
}

/** How many threads there may be: each has a copy of what is not shared, and a phone's slow cores hold up the others. */
export const MAX_THREADS = 8;

const ORT_FOLDER = 'dist';
const ORT_WASM = ['ort-wasm-simd-threaded.mjs', 'ort-wasm-simd-threaded.wasm'] as const;
const ORT_GPU = ['ort-wasm-simd-threaded.asyncify.mjs', 'ort-wasm-simd-threaded.asyncify.wasm'] as const;

/** With relaxed SIMD, for browsers without it, and with threads and relaxed SIMD. */
const LITERT = {
  package: '@litertjs/core',
  folder: 'wasm',
  builds: [
    ['litert_wasm_internal.js', 'litert_wasm_internal.wasm'],
    ['litert_wasm_compat_internal.js', 'litert_wasm_compat_internal.wasm'],
    ['litert_wasm_threaded_internal.js', 'litert_wasm_threaded_internal.wasm'],
  ],
} as const;

const ENGINES = [
  {
    name: 'litert',
    description: 'LiteRT in WebAssembly',
    format: 'tflite',
    precisions: ['fp32', 'int8'],
    needs: [],
    hasThreads: true,
    runtime: LITERT,
  },
  {
    name: 'litert-webgpu',
    description: 'LiteRT on the graphics processor (WebGPU)',
    format: 'tflite',
    precisions: ['fp32'],
    needs: ['webGpu'],
    hasThreads: false,
    runtime: LITERT,
  },
  {
    name: 'onnxruntime-web',
    description: 'ONNX Runtime in WebAssembly',
    format: 'onnx',
    precisions: ['fp32', 'int8'],
    needs: [],
    hasThreads: true,
    runtime: { package: 'onnxruntime-web', folder: ORT_FOLDER, builds: [ORT_WASM] },
  },
  {
    name: 'onnxruntime-web-webgpu',
    description: 'ONNX Runtime on the graphics processor (WebGPU)',
    format: 'onnx',
    precisions: ['fp32'],
    needs: ['webGpu'],
    hasThreads: false,
    runtime: { package: 'onnxruntime-web', folder: ORT_FOLDER, builds: [ORT_GPU] },
  },
  {
    name: 'onnxruntime-web-webnn',
    description: 'ONNX Runtime on what the browser chooses (WebNN)',
    format: 'onnx',
    precisions: ['fp32'],
    needs: ['webNn'],
    hasThreads: false,
    runtime: { package: 'onnxruntime-web', folder: ORT_FOLDER, builds: [ORT_GPU] },
  },
  {
    name: 'tfjs-tflite',
    description: 'TensorFlow Lite in WebAssembly',
    format: 'tflite',
    precisions: ['fp32', 'int8'],
    needs: [],
    hasThreads: true,
    runtime: {
      package: '@tensorflow/tfjs-tflite',
      folder: 'wasm',
      builds: [
        ['tflite_web_api_cc_simd.js', 'tflite_web_api_cc_simd.wasm'],
        [
          'tflite_web_api_cc_simd_threaded.js',
          'tflite_web_api_cc_simd_threaded.worker.js',
          'tflite_web_api_cc_simd_threaded.wasm',
        ],
      ],
    },
  },
  {
    name: 'tfjs-wasm',
    description: 'TensorFlow.js in WebAssembly',
    format: 'tfjs',
    precisions: ['fp32'],
    needs: [],
    hasThreads: false,
    runtime: {
      package: '@tensorflow/tfjs-backend-wasm',
      folder: 'dist',
      builds: [['tfjs-backend-wasm-simd.wasm']],
    },
  },
  {
    name: 'tfjs-webgl',
    description: 'TensorFlow.js on the graphics processor (WebGL)',
    format: 'tfjs',
    precisions: ['fp32'],
    needs: ['webGl'],
    hasThreads: false,
    runtime: { package: '@tensorflow/tfjs-backend-webgl', folder: 'dist', builds: [] },
  },
  {
    name: 'tfjs-webgpu',
    description: 'TensorFlow.js on the graphics processor (WebGPU)',
    format: 'tfjs',
    precisions: ['fp32'],
    needs: ['webGpu'],
    hasThreads: false,
    runtime: { package: '@tensorflow/tfjs-backend-webgpu', folder: 'dist', builds: [] },
  },
] as const satisfies readonly EngineInPages[];

export type PageEngineName = (typeof ENGINES)[number]['name'];
type NamedEngine = EngineInPages & { readonly name: PageEngineName };
export const ENGINES_IN_PAGES: readonly NamedEngine[] = ENGINES;

export function findPageEngine(name: string): NamedEngine {
  const found = ENGINES_IN_PAGES.find((engine) => engine.name === name);
  if (found === undefined) throw new RangeError(`there is no engine ${name}`);
  return found;
}

/** Of a runtime's file, in a manifest. */
export function runtimeFileName(engine: string, file: string): string {
  return `${engine}/${file}`;
}
