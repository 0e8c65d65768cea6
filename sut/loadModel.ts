import { basename, extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LoadGenError } from '../base/errors.js';
import { sha256Of } from '../platform/node/sha256.js';
import { checkTfliteIdentifier } from '../tflite/checkTfliteIdentifier.js';
import type { EngineModel, EngineModule, ModelFile, ModelFiles, ModelFormat, Precision } from './engine.js';
import { loadPublishedModel } from './networks/loadPublishedModel.js';
import type { Network } from './networks/network.js';
import { SPHEREFACE20_NETWORK } from './networks/sphereface20.js';
import { readModelFile } from './readModelFile.js';
import { parseActivationRanges } from './sphereface20/activationRanges.js';
import { emitOnnx } from './sphereface20/emitOnnx.js';
import { emitTfjs } from './sphereface20/emitTfjs.js';
import { emitTflite } from './sphereface20/emitTflite.js';
import { SPHEREFACE20, SPHEREFACE20_SHAPE } from './sphereface20/network.js';
import { readWeights, type Weights } from './sphereface20/readWeights.js';
import { readWeightFiles } from './tfjs/readWeightFiles.js';

const OUR_WEIGHTS = {
  file: fileURLToPath(new URL('../../sut/sphereface20/weights/sphereface20.safetensors', import.meta.url)),
  sha256: 'e7cebb87a4b5ad4f7c9df4948726222b6de6f69f7c9c67ae8395ecb7aefe276b',
  name: 'Sphereface-20, weights trained by this project',
};

const ACTIVATION_RANGES = {
  file: fileURLToPath(new URL('../../sut/sphereface20/weights/activationRanges.json', import.meta.url)),
  name: 'activationRanges.json',
};

/**
 * Makes a model of weights. `content` is the safetensors file that they were read from; `activationRanges` the file with
 * their ranges, where the model is to compute in 8 bits.
 */
type Emitter = (weights: Weights, content: Uint8Array, activationRanges?: ModelFile) => ModelFiles;

const EMITTERS: Readonly<Record<ModelFormat, Emitter>> = {
  safetensors: (_, content, activationRanges) => [
    { name: 'sphereface20.safetensors', content },
    ...(activationRanges === undefined ? [] : [activationRanges]),
  ],
  onnx: (weights, _, activationRanges) => [
    {
      name: 'sphereface20.onnx',
      content: emitOnnx(SPHEREFACE20, weights, {
        activationRanges: activationRanges && rangesIn(activationRanges).ranges,
      }),
    },
  ],
  tflite: (weights) => [{ name: 'sphereface20.tflite', content: emitTflite(SPHEREFACE20, weights, 1) }],
  tfjs: (weights) => emitTfjs(SPHEREFACE20, weights),
};

interface FileFormat {
  readonly format: ModelFormat;
  /** Checks the content before an engine sees it. */
  readonly check?: (content: Uint8Array, file: string) => void;
  /** The files that belong to this one. */
  readonly readOthers?: (content: Uint8Array, file: string) => Promise<ModelFile[]>;
}

/** By the end of the file's name. */
const FORMATS_BY_EXTENSION: Readonly<Record<string, FileFormat>> = {
  '.json': { format: 'tfjs', readOthers: readWeightFiles },
  '.safetensors': { format: 'safetensors' },
  '.onnx': { format: 'onnx' },
  '.tflite': { format: 'tflite', check: checkTfliteIdentifier },
};

/** Whether a network's own model is to be had in one of these formats. */
export function hasOwnModel({ source }: Network, formats: EngineModule['formats']): boolean {
  return source.type === 'weights' || formats.includes(source.format);
}

/**
 * The network that is run, in the first of the engine's `formats` in which it is to be had: from a user's file, or
 * without one the network's own model, for which there has to be a format (`hasOwnModel`). A .safetensors file has to hold all weights of Sphereface-20,
 * and can be made into any format, in 8 bits only ours; what another file holds, its engine checks. Throws `MODEL_*`,
 * `TFLITE_FORMAT` and `TFJS_MODEL_REFUSED` errors that name the file.
 */
export async function loadModel(
  formats: EngineModule['formats'],
  file?: string,
  precision: Precision = 'fp32',
  network: Network = SPHEREFACE20_NETWORK,
): Promise<EngineModel> {
  const { shape, source } = network;
  if (file === undefined && source.type === 'file') return loadPublishedModel(network, source);
  if (file === undefined) {
    const content = await readModelFile(OUR_WEIGHTS.file, OUR_WEIGHTS.sha256);
    return modelFromWeights(content, OUR_WEIGHTS.file, OUR_WEIGHTS.name, formats, precision);
  }
  const content = await readModelFile(file);
  const kind = FORMATS_BY_EXTENSION[extname(file).toLowerCase()];
  if (kind === undefined) throw wrongFormat(`${file} is no model`, formats, network);
  kind.check?.(content, file);
  const name = `model from ${basename(file)}`;
  if (kind.format === 'safetensors' && source.type === 'weights') {
    return modelFromWeights(content, file, name, formats, precision);
  }
  if (!isFileFormat(kind.format, formats, network)) {
    throw wrongFormat(`${file} is not for ${network.name} on this engine`, formats, network);
  }
  const others = (await kind.readOthers?.(content, file)) ?? [];
  return { name, network: shape, format: kind.format, files: [{ name: basename(file), content }, ...others] };
}

async function modelFromWeights(
  content: Uint8Array,
  file: string,
  name: string,
  [format]: EngineModule['formats'],
  precision: Precision,
): Promise<EngineModel> {
  const weights = readWeights(content, file, SPHEREFACE20);
  const activationRanges = precision === 'int8' ? await activationRangesFor(content, file) : undefined;
  const files = EMITTERS[format](weights, content, activationRanges);
  return { name, network: SPHEREFACE20_SHAPE, format, files, weightsSha256: sha256Of(content) };
}

/** The file with the activation ranges of these weights. Throws `MODEL_NOT_CALIBRATED` if they belong to others. */
async function activationRangesFor(weightsContent: Uint8Array, weightsFile: string): Promise<ModelFile> {
  const activationRanges = { name: ACTIVATION_RANGES.name, content: await readModelFile(ACTIVATION_RANGES.file) };
  const expected = rangesIn(activationRanges).weightsSha256;
  const found = sha256Of(weightsContent);
  if (found === expected) return activationRanges;
  throw new LoadGenError(
    'MODEL_NOT_CALIBRATED',
    `${weightsFile} has the SHA-256 ${found}: activation ranges for 8 bits are known for the weights ${expected} only`,
    { hint: 'Run these weights in fp32, or give a model that was quantised elsewhere, such as an .onnx file.' },
  );
}

function rangesIn({ content, name }: ModelFile): ReturnType<typeof parseActivationRanges> {
  return parseActivationRanges(content, name, SPHEREFACE20);
}

/** A .safetensors file holds weights alone: it is a model only of the network whose layers this project knows. */
function isFileFormat(format: ModelFormat, formats: EngineModule['formats'], { source }: Network): boolean {
  return format === 'safetensors' ? source.type === 'weights' : formats.includes(format);
}

function wrongFormat(found: string, formats: EngineModule['formats'], network: Network): LoadGenError {
  const extensions = Object.keys(FORMATS_BY_EXTENSION).filter((extension) => {
    const format = FORMATS_BY_EXTENSION[extension]?.format;
    return format !== undefined && isFileFormat(format, formats, network);
  });
  const expected = extensions.length === 0 ? 'another engine' : `a name that ends with ${extensions.join(' or ')}`;
  return new LoadGenError('MODEL_FORMAT', `${found}, expected ${expected}`);
}
