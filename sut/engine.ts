/**
 * Turns network inputs into network outputs. Knows nothing of pairs, pools or logs; used by one thread, the one that
 * created it.
 */
export interface Engine {
  readonly name: string;
  readonly version: string;
  /** How many threads compute one inference. */
  readonly threads: number;
  /** "WASM SIMD", "AVX-512", ...: what the engine is known to use. */
  readonly instructionSet: string;
  /**
   * `inputs`: any whole number of images, each 112 x 96 x 3 float32 (B, G, R, each (v - 128) / 127.5), which may lie in
   * shared memory; `outputs`: as many embeddings of 512 float32, filled before this returns. Throws when it cannot.
   */
  infer(inputs: Float32Array, outputs: Float32Array): void;
  /** Frees what the engine holds. */
  close(): void;
}

/** A network in the format that engines load. */
export interface EngineModel {
  /** Stands in logs and errors: what the network is and where its weights come from. */
  readonly name: string;
  /** The content of a TFLite file: one input of 1 x 112 x 96 x 3 float32, one output of 512 values. */
  readonly tflite: Uint8Array;
}

/** What a file in `engines/` exports. */
export interface EngineModule {
  /** Throws where the engine cannot run: it is then listed as unusable, with the error's message as the reason. */
  checkUsable(): Promise<void>;
  createEngine(model: EngineModel): Promise<Engine>;
}
