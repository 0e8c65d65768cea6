/**
 * The engines that a page may have, and the files of their runtimes. To add one: a file in `web/engines/`, a line in its
 * `index.ts`, and an entry here.
 */
import type { Precision } from '../../sut/engine.js';

/** What engines may need of a browser. */
export interface BrowserAbilities {
  /** From other pages: without it there is no shared memory. */
  readonly isolated: boolean;
  readonly webGpu: boolean;
  readonly webGl: boolean;
  readonly webNn: boolean;
}
export type Ability = keyof BrowserAbilities;

/** What a page says of an engine that its browser lacks something for. */
export const LACKING: Readonly<Record<Ability, string>> = {
  isolated: 'needs a page that is isolated from others',
  webGpu: 'needs WebGPU, which this browser does not offer here',
  webGl: 'needs WebGL 2, which this browser does not offer here',
  webNn: 'needs WebNN, which this browser does not offer',
};

export interface EngineInPages {
  readonly name: string;
  readonly description: string;
  readonly precisions: readonly [Precision, ...Precision[]];
  readonly needs: readonly Ability[];
  /** The npm package with the runtime's files, their folder in it, and those that are handed out. */
  readonly runtime: { readonly package: string; readonly folder: string; readonly files: readonly string[] };
}

const ENGINES = [
  {
    name: 'tfjs-tflite',
    description: 'TensorFlow Lite in WebAssembly',
    precisions: ['fp32'],
    needs: [],
    runtime: {
      package: '@tensorflow/tfjs-tflite',
      folder: 'wasm',
      files: ['tflite_web_api_cc_simd.js', 'tflite_web_api_cc_simd.wasm'],
    },
  },
] as const satisfies readonly EngineInPages[];

export type PageEngineName = (typeof ENGINES)[number]['name'];
export const ENGINES_IN_PAGES: readonly (EngineInPages & { readonly name: PageEngineName })[] = ENGINES;

/** Of a runtime's file, in a manifest. */
export function runtimeFileName(engine: string, file: string): string {
  return `${engine}/${file}`;
}
