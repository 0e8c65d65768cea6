import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { readTorchWeights } from '../../../sut/weightsImport/torchWeights.js';
import { SMALL_WEIGHTS, smallWeightsOf } from './smallNetwork.js';
import { smallLegacy, smallStateDict, smallStorages, zip } from './torchFile.js';

const FIXTURES = new URL('../../../../test/fixtures/torch/', import.meta.url);
const read = (file: string) => readTorchWeights(readFileSync(new URL(file, FIXTURES)), file);
const CLASSIFIER_NOTICE = 'fc6.weight, of the classifier used in training, is left out';

for (const [file, notices] of [
  ['zip.pth', []],
  ['legacy.pth', [CLASSIFIER_NOTICE]],
  ['float16.pt', []],
  ['sharedStorage.pth', []],
] as const) {
  test(`weights come back bit by bit from PyTorch's ${file}`, () => {
    const source = read(file);
    assert.deepEqual(smallWeightsOf(source), SMALL_WEIGHTS);
    assert.deepEqual(source.notices, notices);
  });
}

test('weights come back from the files that the other tests change', () => {
  const archive = zip({ 'net/data.pkl': smallStateDict(), ...smallStorages() });
  for (const content of [archive, smallLegacy()]) {
    assert.deepEqual(smallWeightsOf(readTorchWeights(content, 'x.pth')), SMALL_WEIGHTS);
  }
});

test('refuses tensors that do not lie row by row', () => {
  assert.throws(() => read('notContiguous.pth'), {
    code: 'MODEL_IMPORT',
    message: 'notContiguous.pth: a tensor 2 x 3 x 3 x 3 lies in steps of 1, 2, 6, 18, expected row by row',
  });
});

test('refuses a checkpoint of more than a state dict', () => {
  assert.throws(() => read('checkpoint.pth'), {
    code: 'MODEL_IMPORT',
    message: 'checkpoint.pth: "epoch" in the dict is no tensor, expected tensors only',
    hint: /torch\.save\(network\.state_dict/,
  });
});
