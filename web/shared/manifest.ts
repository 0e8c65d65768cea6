/** What a page is told by whoever hands it out: all that a device needs to run tests. */
import type { TestMode, TestScenario } from '../../loadgen/settings/testSettings.js';
import type { Judging, LabelledPair } from '../../runs/jsonFormats.js';
import type { PlainSettings } from './plainSettings.js';

/** From the page's own address. */
export const MANIFEST_PATH = 'manifest.json';
export const RUNS_PATH = 'runs';
export const NOTICES_PATH = 'notices';
export const RESULTS_PATH = 'results.json';

/** Of what a notice says went wrong, in characters. */
export const MAX_REASON_LENGTH = 300;

/** Of files whose path says what is in them. */
export const LASTING_FOLDER = 'files';

export interface ServedFile {
  /** From the page's own address; another content has another one, so that a device keeps files by it. */
  readonly path: string;
  readonly bytes: number;
  /** In hexadecimal. */
  readonly sha256: string;
  /** As many go over the network, to a browser that takes them so; `bytes` if left out. */
  readonly compressedBytes?: number;
}

/** Files that every page has, beside those of runtimes. */
export const FILE = {
  /** Of which a device makes the model, in fp32. */
  weights: 'sphereface20.safetensors',
  reference: 'reference.safetensors',
  /** Faces A, B, A, B, ..., by `toDifferences`. */
  pairs: 'pairs.differences',
} as const;

/** Models that compute in 8 bits, by their format: a quarter of the weights, so that they come as they are. */
export const INT8_MODELS = { tflite: 'sphereface20-int8.tflite', onnx: 'sphereface20-int8.onnx' } as const;

export interface ServedDataset {
  readonly name: string;
  readonly sha256: string;
  readonly pairs: number;
  /** Pairs that were left out, with the faults of their images. */
  readonly skipped: readonly string[];
  readonly orientationApplied: boolean;
}

export interface Manifest {
  /** Of this program. */
  readonly packageVersion: string;
  readonly network: string;
  readonly model: { readonly name: string; readonly weightsSha256: string };
  readonly dataset: ServedDataset;
  /** Texts of the config files that stand in a run's folder, by name. */
  readonly configs: Readonly<Record<string, string>>;
  /** By sample index. */
  readonly pairs: readonly LabelledPair[];
  readonly judging: Judging;
  /** Whether who hands out the page takes what devices measure; else their users save it themselves. */
  readonly takesRuns: boolean;
  readonly settings: Readonly<Partial<Record<TestScenario, Readonly<Partial<Record<TestMode, PlainSettings>>>>>>;
  /** By name: those of `FILE` and `INT8_MODELS`, and `ENGINE/NAME` for each file of a runtime. */
  readonly files: Readonly<Record<string, ServedFile>>;
  /** The version of each engine's runtime. An engine that is not here cannot be handed out. */
  readonly runtimes: Readonly<Record<string, string>>;
}
