import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { LoadGenError } from '../../../base/errors.js';
import { safetensorsWeights } from '../../../sut/sphereface20/readWeights.js';
import { writeSafetensors } from '../../../sut/sphereface20/writeSafetensors.js';
import { readCaffeWeights } from '../../../sut/weightsImport/caffeWeights.js';
import type { SourceWeights } from '../../../sut/weightsImport/sourceWeights.js';
import { readTfliteWeights } from '../../../sut/weightsImport/tfliteWeights.js';
import { readTorchWeights } from '../../../sut/weightsImport/torchWeights.js';
import { writeTflite } from '../../../tflite/writeTflite.js';
import { caffeModel } from './caffeModel.js';
import { SMALL_NETWORK, SMALL_TENSORS, smallWeightsOf } from './smallNetwork.js';
import { tfliteVariant } from './tfliteVariant.js';
import { smallLegacy, smallStateDict, smallStorages, zip } from './torchFile.js';

const RUNS = 10_000;
const SEED = 20;

const caffe = caffeModel(
  SMALL_TENSORS.map(({ name, shape, values }) => ({
    name: name.split('.')[0] ?? '',
    blobs: [{ shape: { dim: shape }, data: [...values] }],
  })).filter(({ blobs }, i, layers) => blobs.length > 0 && layers[i - 1]?.name !== layers[i]?.name),
);

const readers: [string, Uint8Array, (content: Uint8Array) => Pick<SourceWeights, 'tensors'>][] = [
  ['TFLite', writeTflite(tfliteVariant()), (content) => readTfliteWeights(content, 'x', SMALL_NETWORK)],
  [
    'TFLite, in another form',
    writeTflite(tfliteVariant({ float16: true, preluOfRelus: true, flatten: 'transpose' })),
    (content) => readTfliteWeights(content, 'x', SMALL_NETWORK),
  ],
  ['Caffe', caffe, (content) => readCaffeWeights(content, 'x', SMALL_NETWORK)],
  [
    'PyTorch, a zip archive',
    zip({ 'net/data.pkl': smallStateDict(), ...smallStorages() }),
    (content) => readTorchWeights(content, 'x'),
  ],
  ['PyTorch, the older format', smallLegacy(), (content) => readTorchWeights(content, 'x')],
  [
    "PyTorch's own archive",
    readFileSync(new URL('../../../../test/fixtures/torch/zip.pth', import.meta.url)),
    (content) => readTorchWeights(content, 'x'),
  ],
  ['safetensors', writeSafetensors(SMALL_TENSORS, {}), (content) => ({ tensors: safetensorsWeights(content, 'x') })],
];

for (const [format, original, read] of readers) {
  test(`whatever bytes of a file are changed, it is read or refused, never anything else: ${format}`, () => {
    const refused = new Set<string>();
    const change = fc.tuple(
      fc.nat(original.length - 1),
      fc.oneof(fc.nat(255), fc.constantFrom(0, 1, 0x7f, 0x80, 0xff)),
    );
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), fc.nat(20 * original.length), (changes, length) => {
        const changed = original.slice();
        for (const [position, value] of changes) changed[position] = value;
        try {
          smallWeightsOf(read(changed.subarray(0, length)));
        } catch (thrown) {
          assert.ok(thrown instanceof LoadGenError, thrown instanceof Error ? thrown.stack : String(thrown));
          assert.ok(thrown.message.length < 2000, thrown.message);
          refused.add(thrown.message);
        }
      }),
      { numRuns: RUNS, seed: SEED },
    );
    assert.ok(refused.size > 20, `only ${refused.size} kinds of faults were found`);
  });
}
