/**
 * The part of `@tensorflow/tfjs-tflite`'s WASM module that we use. The package declares no types for it and means it
 * for browsers; objects marked deletable live in WASM memory until `delete()`.
 */
declare module '@tensorflow/tfjs-tflite/wasm/tflite_web_api_cc_simd.js' {
  interface Deletable {
    delete(): void;
  }

  export interface WebTensor extends Deletable {
    readonly name: string;
    /** "1,112,96,3" */
    readonly shape: string;
    /** "float32", "int8", ... */
    readonly dataType: string;
    /** A view on WASM memory, detached when that memory grows. */
    data(): ArrayBufferView;
  }

  interface WebTensorVector extends Deletable {
    size(): number;
    get(index: number): WebTensor;
  }

  export interface WebModelRunner extends Deletable {
    GetInputs(): WebTensorVector;
    GetOutputs(): WebTensorVector;
    Infer(): boolean;
  }

  interface StatusOrRunner extends Deletable {
    ok(): boolean;
    errorMessage(): string;
    value(): WebModelRunner;
  }

  export interface WebApi {
    /** Replaced when WASM memory grows: read it each time. */
    readonly HEAPU8: Uint8Array;
    _malloc(byteCount: number): number;
    _free(pointer: number): void;
    readonly TFLiteWebModelRunner: {
      /** The bytes stay the caller's and have to outlive the runner. */
      CreateFromBufferAndOptions(
        pointer: number,
        byteCount: number,
        options: { numThreads: number; enableProfiling: boolean; maxProfilingBufferEntries: number },
      ): StatusOrRunner;
    };
    /** Of the build with threads alone; those that no model has taken. */
    readonly PThread?: { readonly unusedWorkers: { terminate(): unknown }[] };
  }

  export interface WebApiOptions {
    wasmBinary?: Uint8Array;
    /** The address of another file of the package, by its name. */
    locateFile?(name: string): string;
    /** The address of the module itself, for the workers of the build with threads. */
    mainScriptUrlOrBlob?: string;
    print(line: string): void;
    printErr(line: string): void;
  }

  export default function createWebApi(options: WebApiOptions): Promise<WebApi>;
}
