import { readFileSync } from 'node:fs';
import { onnxInfo } from '../../../sut/modelInfo/onnxInfo.js';
import { tfliteInfo } from '../../../sut/modelInfo/tfliteInfo.js';
import { parseActivationRanges } from '../../../sut/sphereface20/activationRanges.js';
import { emitOnnx } from '../../../sut/sphereface20/emitOnnx.js';
import { SPHEREFACE20 } from '../../../sut/sphereface20/network.js';
import { ACTIVATION_RANGES } from '../../../sut/sphereface20/ownFiles.js';
import { safetensorsWeights } from '../../../sut/sphereface20/readWeights.js';
import { writeSafetensors } from '../../../sut/sphereface20/writeSafetensors.js';
import { readCaffeWeights } from '../../../sut/weightsImport/caffeWeights.js';
import type { SourceWeights } from '../../../sut/weightsImport/sourceWeights.js';
import { readTfliteWeights } from '../../../sut/weightsImport/tfliteWeights.js';
import { readTorchWeights } from '../../../sut/weightsImport/torchWeights.js';
import { writeTflite } from '../../../tflite/writeTflite.js';
import { smallModel } from '../../sut/engines/smallModel.js';
import { caffeModel } from '../../sut/weightsImport/caffeModel.js';
import { SMALL_NETWORK, SMALL_TENSORS, SMALL_WEIGHTS, smallWeightsOf } from '../../sut/weightsImport/smallNetwork.js';
import { tfliteVariant } from '../../sut/weightsImport/tfliteVariant.js';
import { smallLegacy, smallStateDict, smallStorages, zip } from '../../sut/weightsImport/torchFile.js';
import type { DamagedReader } from '../damagedReader.js';

const FILE = 'damaged';
const fixture = (name: string) => readFileSync(new URL(`../../../../test/fixtures/torch/${name}`, import.meta.url));

/** Weights' formats, read as by an import, and models', as by `model info`. */
export const modelReaders: readonly DamagedReader[] = [
  reader('tflite', tfliteFiles, (content) => tfliteInfo(content, FILE)),
  importer(
    'tflite-weights',
    () => tfliteFiles().slice(1),
    (content) => readTfliteWeights(content, FILE, SMALL_NETWORK),
  ),
  reader(
    'onnx',
    () => [emitOnnx(SMALL_NETWORK, SMALL_WEIGHTS)],
    (content) => onnxInfo(content, FILE),
  ),
  importer(
    'safetensors',
    () => [writeSafetensors(SMALL_TENSORS, { source: 'test' })],
    (content) => ({ tensors: safetensorsWeights(content, FILE) }),
  ),
  reader(
    'torch-zip',
    () => [
      zip({ 'net/data.pkl': smallStateDict(), ...smallStorages() }),
      ...['zip.pth', 'float16.pt', 'sharedStorage.pth'].map(fixture),
    ],
    (content) => readAll(readTorchWeights(content, FILE)),
  ),
  reader(
    'torch-legacy',
    () => [smallLegacy(), fixture('legacy.pth')],
    (content) => readAll(readTorchWeights(content, FILE)),
  ),
  importer(
    'pickle',
    () => [smallStateDict()],
    (content) => readTorchWeights(zip({ 'net/data.pkl': content, ...smallStorages() }), FILE),
  ),
  importer('caffe', caffeFiles, (content) => readCaffeWeights(content, FILE, SMALL_NETWORK)),
  reader(
    'activation-ranges',
    () => [readFileSync(ACTIVATION_RANGES.file)],
    (content) => parseActivationRanges(content, FILE, SPHEREFACE20),
  ),
];

function reader(
  name: string,
  originals: () => readonly Uint8Array[],
  read: (content: Uint8Array) => unknown,
): DamagedReader {
  return { name, prepare: () => ({ originals: originals(), read }) };
}

function importer(
  name: string,
  originals: () => readonly Uint8Array[],
  read: (content: Uint8Array) => Pick<SourceWeights, 'tensors'>,
): DamagedReader {
  return reader(name, originals, (content) => smallWeightsOf(read(content)));
}

function readAll({ tensors }: Pick<SourceWeights, 'tensors'>): void {
  for (const tensor of tensors.values()) tensor.read();
}

function tfliteFiles(): Uint8Array[] {
  return [
    smallModel(1).files[0].content,
    writeTflite(tfliteVariant()),
    writeTflite(tfliteVariant({ float16: true, preluOfRelus: true, flatten: 'transpose' })),
  ];
}

function caffeFiles(): Uint8Array[] {
  const layers = SMALL_NETWORK.map(({ name }) => ({
    name,
    blobs: SMALL_TENSORS.filter((tensor) => tensor.name.startsWith(`${name}.`)).map(({ shape, values }) => ({
      shape: { dim: shape },
      data: [...values],
    })),
  })).filter(({ blobs }) => blobs.length > 0);
  return [caffeModel(layers), caffeModel(layers, 'layers')];
}
