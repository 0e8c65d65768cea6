import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ASSETS } from '../../fetch/assets.js';
import { filesOf } from '../../fetch/installAsset.js';
import { FETCHED_DATASETS } from '../../qsl/datasets/datasetFolder.js';

test('the data sets that can be named are fetched, each with an archive and its pair list', () => {
  const datasets = ASSETS.filter(({ archive }) => archive !== undefined);
  assert.deepEqual(
    datasets.map(({ name }) => name),
    FETCHED_DATASETS,
  );
  for (const { files } of datasets) assert.ok(files.some(({ fileName }) => fileName === 'pairs.txt'));
});

test('each file has mirrors on the web, a digest of full length and a bound', () => {
  for (const { fileName, urls, digest, maxBytes } of ASSETS.flatMap(filesOf)) {
    assert.ok(urls.length > 0 && urls.every((url) => /^https?:$/.test(new URL(url).protocol)), fileName);
    assert.match(digest.hex, digest.algorithm === 'sha256' ? /^[0-9a-f]{64}$/ : /^[0-9a-f]{40}$/);
    assert.ok(maxBytes > 0 && maxBytes <= 250e6);
  }
});

test('a name stands for one content', () => {
  const files = ASSETS.flatMap(filesOf);
  for (const { fileName, digest } of files) {
    assert.ok(files.every((other) => other.fileName !== fileName || other.digest.hex === digest.hex));
  }
});
