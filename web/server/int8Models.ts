/** The models in 8 bits that devices load. To make one takes seconds, so what a page says of them is written by the build. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import { z } from 'zod';
import { decodeJson } from '../../base/text.js';
import { loadOwnWeights } from '../../sut/sphereface20/modelFromWeights.js';
import type { INT8_MODELS } from '../shared/manifest.js';
import { BUILT_RUNTIMES } from './builtRuntimes.js';

export const INT8_MODELS_LIST = join(BUILT_RUNTIMES, 'models.json');

const factsSchema = z.strictObject({ bytes: z.int(), compressedBytes: z.int(), sha256: z.string() });
const listSchema = z.strictObject({ tflite: factsSchema, onnx: factsSchema });

/** By format. */
export type Int8Models = z.infer<typeof listSchema>;
export type Int8Format = keyof typeof INT8_MODELS;

export async function readInt8Models(): Promise<Int8Models> {
  return listSchema.parse(decodeJson(await readFile(INT8_MODELS_LIST, 'utf8')));
}

export async function makeInt8Model(format: Int8Format): Promise<Uint8Array> {
  return (await loadOwnWeights(format, 'int8')).files[0].content;
}

/** Weights of 8 bits become hardly smaller with more effort. */
const QUALITY = 4;
const brotli = promisify(brotliCompress);

/** As browsers take it that say so. */
export function compress(content: Uint8Array): Promise<Uint8Array> {
  return brotli(content, { params: { [constants.BROTLI_PARAM_QUALITY]: QUALITY } });
}

/** Makes and compresses a model when it is first asked for. */
export function int8Content(format: Int8Format) {
  let made: Promise<Uint8Array> | undefined;
  const read = () => {
    made ??= makeInt8Model(format);
    return made;
  };
  return { read, brotli: async () => compress(await read()) };
}
