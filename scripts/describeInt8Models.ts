import { sha256Of } from '../platform/node/files.js';
import { writeWholeSync } from '../platform/node/wholeFile.js';
import {
  compress,
  INT8_MODELS_LIST,
  type Int8Format,
  type Int8Models,
  makeInt8Model,
} from '../web/server/int8Models.js';

/** Writes what a page says of the models in 8 bits. */
export async function describeInt8Models(): Promise<void> {
  const models: Int8Models = { tflite: await describe('tflite'), onnx: await describe('onnx') };
  writeWholeSync(INT8_MODELS_LIST, `${JSON.stringify(models, null, 2)}\n`);
}

async function describe(format: Int8Format): Promise<Int8Models[Int8Format]> {
  const content = await makeInt8Model(format);
  const { length: compressedBytes } = await compress(content);
  return { bytes: content.length, compressedBytes, sha256: sha256Of(content) };
}
