import { basename, extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LoadGenError } from '../base/errors.js';
import { checkTfliteIdentifier } from '../tflite/checkTfliteIdentifier.js';
import {
  type EngineModel,
  type EngineModule,
  MODEL_FORMATS,
  type ModelFile,
  type ModelFiles,
  type ModelFormat,
} from './engine.js';
import { readModelFile } from './readModelFile.js';
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

/** How each format is made of weights; `content` is the safetensors file that they were read from. */
const EMITTERS: Readonly<Partial<Record<ModelFormat, (weights: Weights, content: Uint8Array) => ModelFiles>>> = {
  safetensors: (_, content) => [{ name: 'sphereface20.safetensors', content }],
  tflite: (weights) => [{ name: 'sphereface20.tflite', content: emitTflite(SPHEREFACE20, weights, 1) }],
  tfjs: (weights) => emitTfjs(SPHEREFACE20, weights),
};

/** The formats that weights can be made into. */
export const EXPORT_FORMATS: readonly ModelFormat[] = MODEL_FORMATS.filter((format) => format in EMITTERS);

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
  '.tflite': { format: 'tflite', check: checkTfliteIdentifier },
};

/**
 * The network that is run, in the first of the engine's `formats` in which it is to be had: from a user's file, or
 * without one the weights that come with this project. A .safetensors file has to hold all weights of Sphereface-20,
 * and can be made into any format; what another file holds, its engine checks. Throws `MODEL_*`, `TFLITE_FORMAT`
 * and `TFJS_MODEL_REFUSED` errors that name the file.
 */
export async function loadModel(formats: EngineModule['formats'], file?: string): Promise<EngineModel> {
  if (file === undefined) {
    const content = await readModelFile(OUR_WEIGHTS.file, OUR_WEIGHTS.sha256);
    return modelFromWeights(content, OUR_WEIGHTS.file, OUR_WEIGHTS.name, formats);
  }
  const content = await readModelFile(file);
  const kind = FORMATS_BY_EXTENSION[extname(file).toLowerCase()];
  if (kind === undefined) throw wrongFormat(`${file} is no model`, formats);
  kind.check?.(content, file);
  const name = `model from ${basename(file)}`;
  if (kind.format === 'safetensors') return modelFromWeights(content, file, name, formats);
  if (!formats.includes(kind.format)) throw wrongFormat(`${file} is not for this engine`, formats);
  const others = (await kind.readOthers?.(content, file)) ?? [];
  return {
    name,
    network: SPHEREFACE20_SHAPE,
    format: kind.format,
    files: [{ name: basename(file), content }, ...others],
  };
}

function modelFromWeights(
  content: Uint8Array,
  file: string,
  name: string,
  [format]: EngineModule['formats'],
): EngineModel {
  const emit = EMITTERS[format];
  if (emit === undefined) throw new RangeError(`no way to make ${format} of weights`);
  const files = emit(readWeights(content, file, SPHEREFACE20), content);
  return { name, network: SPHEREFACE20_SHAPE, format, files };
}

function wrongFormat(found: string, formats: EngineModule['formats']): LoadGenError {
  const extensions = Object.keys(FORMATS_BY_EXTENSION).filter((extension) => {
    const format = FORMATS_BY_EXTENSION[extension]?.format;
    return format === 'safetensors' || (format !== undefined && formats.includes(format));
  });
  return new LoadGenError('MODEL_FORMAT', `${found}, expected a name that ends with ${extensions.join(' or ')}`);
}
