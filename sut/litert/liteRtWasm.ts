/** The part of LiteRT's WASM module that we use. Objects that can be deleted live in WASM memory until they are. */
export interface LiteRtWasm {
  /** Replaced when WASM memory grows: read it each time. */
  readonly HEAPU8: Uint8Array<ArrayBuffer>;
  _malloc(byteCount: number): number;
  _free(pointer: number): void;
  readonly LiteRtEnvironment: { create(webGpuDevice: null): Deletable };
  /** The bytes stay the caller's and have to outlive the model. */
  loadModel(environment: Deletable, pointer: number, byteCount: number): LiteRtModel;
  compileModel(environment: Deletable, model: LiteRtModel, options: CompileOptions): LiteRtCompiledModel;
  /** The number of each element type, by its name: "FLOAT32". */
  readonly ElementType: Readonly<Record<string, unknown>>;
  readonly LiteRtTensorBufferType: { readonly HOST_MEMORY: EnumValue };
  readonly LiteRtTensorBufferLockMode: { readonly READ: EnumValue; readonly WRITE: EnumValue };
  readonly LiteRtTensorBuffer: {
    createManaged(environment: Deletable, type: EnumValue, tensor: RankedTensorType, byteCount: number): TensorBuffer;
  };
}

export interface Deletable {
  delete(): void;
}

export interface LiteRtModel extends Deletable {
  getSignature(index: number): Deletable & { inputNames(): Vector<string>; outputNames(): Vector<string> };
  getInputTensorType(signature: number, index: number): RankedTensorType;
  getOutputTensorType(signature: number, index: number): RankedTensorType;
}

export interface LiteRtCompiledModel extends Deletable {
  /** The outputs are new, the caller's to delete; none when it failed. */
  run(signature: number, inputs: readonly TensorBuffer[]): readonly TensorBuffer[];
}

export interface RankedTensorType extends Deletable {
  elementType(): unknown;
  layout(): Deletable & { dimensions(): Vector<number> };
  bytes(): number;
}

export interface TensorBuffer extends Deletable {
  /** The address of the values, which may be used until `unlock`. */
  lock(mode: EnumValue): number;
  unlock(): void;
}

export interface Vector<T> extends Deletable {
  size(): number;
  get(index: number): T;
}

interface EnumValue {
  readonly value: number;
}

interface CompileOptions {
  readonly accelerator: 'wasm';
  readonly cpuOptions: { readonly numThreads: number };
  readonly gpuOptions: object;
  readonly webNNOptions: object;
}
