import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { create } from 'tar';
import { fetchedFolder } from '../../platform/node/cacheFolder.js';
import { findDataset } from '../../qsl/datasets/dataset.js';
import { openDataset } from '../../qsl/openDataset.js';
import { temporaryCache, temporaryDataset, temporaryFolder } from '../qsl/folders.js';
import { narrowInput } from '../qsl/networkInputs.js';
import { assetOf, fileOf, startFetching } from './fetching.js';
import { content, startServer } from './testServer.js';

test('a data set that was fetched is opened by its name', async (t) => {
  const packed = join(await temporaryFolder(t), 'lfw.tgz');
  const dataset = await temporaryDataset(t, 2);
  await create({ gzip: true, file: packed, cwd: dataset }, ['lfw']);
  const [archive, pairs] = [await readFile(packed), await readFile(join(dataset, 'pairs.txt'))];
  const { url } = await startServer(t, content(archive), content(pairs));
  const cacheFolder = await temporaryCache(t);
  const limits = { maxEntries: 100, maxUnpackedBytes: 10e6 };
  const asset = {
    ...assetOf(fileOf(pairs, [url], 'pairs.txt')),
    name: 'lfw',
    archive: { ...fileOf(archive, [url], 'lfw.tgz'), ...limits },
  };
  await startFetching({ assets: [asset], folder: fetchedFolder(cacheFolder) }).fetched;
  const { library, report } = await openDataset({ dataset: 'lfw', cacheFolder, skipMissing: true, ...narrowInput });
  assert.deepEqual([library.name, report.imageCount], ['lfw', 4]);
});

test('a data set that was not fetched is an error with the command that fetches it', async (t) => {
  const cacheFolder = await temporaryFolder(t);
  for (const dataset of ['lfw', 'lfw-funneled']) {
    await assert.rejects(findDataset({ dataset, cacheFolder }), {
      code: 'QSL_NOT_FETCHED',
      exitCode: 2,
      message: new RegExp(`data set "${dataset}" is not there yet, expected it in .*${dataset}$`),
      hint: new RegExp(`loadgen fetch ${dataset}\n.*\\./${dataset}$`),
    });
  }
});
