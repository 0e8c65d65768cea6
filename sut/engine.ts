import type { NetworkShape } from '../base/pairLayout.js';
import type { ModelFormat } from './modelFormats.js';
import type { TargetOptions, Targets } from './targets.js';

/** Of the arithmetic: what weights and activations are rounded to before they are multiplied. */
export const PRECISIONS = ['fp32', 'bf16', 'int8'] as const;
export type Precision = (typeof PRECISIONS)[number];

/** The order of an image's values: channels last, as samples have them, or first. */
export type InputLayout = 'NHWC' | 'NCHW';

/** A network in a format that an engine loads. */
export interface EngineModel {
  /** Stands in logs and errors: what the network is and where its weights come from. */
  readonly name: string;
  readonly network: NetworkShape;
  readonly format: ModelFormat;
  /** One file, or what belongs together, the main one first. */
  readonly files: ModelFiles;
  /** SHA-256, in hexadecimal, of the .safetensors file that these files were made of; without one they are as they came. */
  readonly weightsSha256?: string;
}

export type ModelFiles = readonly [ModelFile, ...ModelFile[]];

export interface ModelFile {
  /** From the model's folder: `sphereface20.onnx`. */
  readonly name: string;
  readonly content: Uint8Array;
}

/** `device` and `provider`: as `listTargets` of the engine spells them; its usual ones if left out. */
export interface EngineOptions extends TargetOptions {
  readonly precision: Precision;
  /** How many threads may compute one inference. */
  readonly threads: number;
  /** The Python whose packages may have the engine's library; the usual one if left out. */
  readonly python?: string | undefined;
}

/**
 * Turns network inputs into network outputs. Knows nothing of pairs, pools or logs; used by one thread, the one that
 * created it. `device` and `provider` are what computes, where the engine has a choice.
 */
export interface Engine extends TargetOptions {
  readonly name: string;
  /** Of the library that computes. */
  readonly version: string;
  readonly precision: Precision;
  /** How many threads compute one inference. */
  readonly threads: number;
  /** "WASM SIMD", "AVX-512", ...: what the engine is known to use. */
  readonly instructionSet: string;
  /** In which the model's file takes images, where that is not as `infer` takes them: the engine then transposes. */
  readonly inputLayout?: InputLayout | undefined;
  /**
   * `inputs`: any whole number of images, each inputHeight x inputWidth x inputChannels float32 (for Sphereface-20 112 x
   * 96 x 3, in the order B, G, R, each (v - 128) / 127.5), which may lie in shared memory; `outputs`: as many embeddings
   * of `embeddingValues` float32. They are filled when this returns, or when the promise that it returns is kept; until
   * then there is no other call. Throws, or breaks the promise, when it cannot, also at lengths that do not fit.
   */
  infer(inputs: Float32Array, outputs: Float32Array): void | Promise<void>;
  /** Frees what the engine holds. May come while an inference is under way, whose result nobody waits for any more. */
  close(): void | Promise<void>;
}

/** What a file in `engines/` exports. Whatever need not be installed is imported inside of these functions. */
export interface EngineModule {
  /** The formats that the engine loads, the preferred one first. */
  readonly formats: readonly [ModelFormat, ...ModelFormat[]];
  readonly precisions: readonly [Precision, ...Precision[]];
  /**
   * @throws whatever keeps the engine from running here: it is then listed as unusable, with the error's message as the
   * reason
   */
  checkUsable(): Promise<void>;
  /** What there is to compute on here; left out by an engine without a choice. */
  listTargets?(options: Pick<EngineOptions, 'python'>): Promise<Targets>;
  /**
   * A model in one of `formats`, a precision of `precisions`.
   *
   * @throws MODEL_SHAPE if the model's shapes are not those of `model.network`
   */
  createEngine(model: EngineModel, options: EngineOptions): Promise<Engine>;
}
