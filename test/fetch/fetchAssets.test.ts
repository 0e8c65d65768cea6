import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { Asset } from '../../fetch/assets.js';
import { gzipped } from './archives.js';
import { assetOf, CONTENT, fileOf, startFetching, temporaryFolder } from './fetching.js';
import { content, startServer, status, type TestServer } from './testServer.js';

const ARCHIVE = gzipped({ path: 'images/Ann/Ann_0001.jpg', content: 'an image' });
const LIST = Buffer.from('a list\n');

/** An archive and a list, both from this server. */
function archiveAsset(url: string, archive = ARCHIVE): Asset {
  const limits = { maxEntries: 10, maxUnpackedBytes: 1000 };
  const files = [fileOf(LIST, [`${url}list.txt`], 'list.txt')];
  return { ...assetOf(...files), archive: { ...fileOf(archive, [`${url}images.tgz`], 'images.tgz'), ...limits } };
}

function startArchiveServer(t: TestContext, archive = ARCHIVE): Promise<TestServer> {
  return startServer(t, (request, response) => {
    content(request.url?.endsWith('.tgz') ? archive : LIST)(request, response);
  });
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

const WHOLE = ['thing/fetched.json', 'thing/images/Ann/Ann_0001.jpg', 'thing/list.txt'];

test('an archive is unpacked, its list beside it, and nothing else stays', async (t) => {
  const { url, asked } = await startArchiveServer(t);
  const folder = join(await temporaryFolder(t), 'not', 'there', 'yet');
  const [fetched] = await startFetching({ assets: [archiveAsset(url)], folder }).fetched;
  assert.equal(fetched?.path, join(folder, 'thing'));
  assert.equal(fetched?.wasThere, false);
  assert.deepEqual(await filesIn(folder), WHOLE);
  assert.equal(await readFile(join(folder, 'thing', 'images', 'Ann', 'Ann_0001.jpg'), 'utf8'), 'an image');
  assert.deepEqual(asked, ['/images.tgz', '/list.txt']);
});

test('what is there is not fetched again', async (t) => {
  const { url, asked } = await startArchiveServer(t);
  const options = { assets: [archiveAsset(url)], folder: await temporaryFolder(t) };
  await startFetching(options).fetched;
  const [again] = await startFetching(options).fetched;
  assert.equal(again?.wasThere, true);
  assert.equal(asked.length, 2);
});

test('what is made of something else, or damaged, is replaced as a whole', async (t) => {
  const { url } = await startArchiveServer(t);
  const options = { assets: [archiveAsset(url)], folder: await temporaryFolder(t) };
  await startFetching(options).fetched;
  for (const name of ['list.txt', 'fetched.json']) {
    await writeFile(join(options.folder, 'thing', name), 'damaged');
    await writeFile(join(options.folder, 'thing', 'old'), '');
    const [again] = await startFetching(options).fetched;
    assert.equal(again?.wasThere, false);
    assert.deepEqual(await filesIn(options.folder), WHOLE);
    assert.equal(await readFile(join(options.folder, 'thing', 'list.txt'), 'utf8'), 'a list\n');
  }
});

test('an archive with a bad entry leaves what was there as it was', async (t) => {
  const bad = gzipped({ path: 'images/a', content: 'x' }, { path: '../up', content: 'x' });
  const { url } = await startArchiveServer(t, bad);
  const folder = await temporaryFolder(t);
  await mkdir(join(folder, 'thing'));
  await writeFile(join(folder, 'thing', 'old'), '');
  const { fetched } = startFetching({ assets: [archiveAsset(url, bad)], folder });
  await assert.rejects(fetched, { code: 'FETCH_ARCHIVE', message: /"\.\.\/up" leads out of its folder/ });
  assert.deepEqual(await filesIn(folder), ['downloads/images.tgz', 'downloads/list.txt', 'thing/old']);
});

test('a checked download of an earlier run is used; one that was changed is not', async (t) => {
  const { url, asked } = await startArchiveServer(t);
  const folder = await temporaryFolder(t);
  await mkdir(join(folder, 'downloads'));
  await writeFile(join(folder, 'downloads', 'images.tgz'), ARCHIVE);
  await writeFile(join(folder, 'downloads', 'list.txt'), 'changed');
  await startFetching({ assets: [archiveAsset(url)], folder }).fetched;
  assert.deepEqual(asked, ['/list.txt']);
  assert.deepEqual(await filesIn(folder), WHOLE);
});

test('files that both of two assets are made from come once', async (t) => {
  const { url, asked } = await startArchiveServer(t);
  const assets = [archiveAsset(url), { ...archiveAsset(url), name: 'other' }];
  await startFetching({ assets, folder: await temporaryFolder(t) }).fetched;
  assert.deepEqual(asked, ['/images.tgz', '/list.txt']);
});

test('files got by other means are known by their digests, and stay where they are', async (t) => {
  const { url, asked } = await startArchiveServer(t);
  const [folder, mine] = [await temporaryFolder(t), await temporaryFolder(t)];
  const from = [join(mine, 'a'), join(mine, 'b')] as const;
  await writeFile(from[0], LIST);
  await writeFile(from[1], ARCHIVE);
  await startFetching({ assets: [archiveAsset(url)], folder, from }).fetched;
  assert.deepEqual(asked, []);
  assert.deepEqual(await filesIn(folder), WHOLE);
  assert.deepEqual(await filesIn(mine), ['a', 'b']);
});

test('a file got by other means that is none of those wanted is refused, before anything is asked', async (t) => {
  const { url, asked } = await startArchiveServer(t);
  const folder = await temporaryFolder(t);
  const from = join(folder, 'images.tgz');
  await writeFile(from, ARCHIVE.subarray(1));
  await assert.rejects(startFetching({ assets: [archiveAsset(url)], folder, from: [from] }).fetched, {
    code: 'FETCH_FROM',
    exitCode: 2,
    message:
      /images\.tgz: found SHA-256 \w{64}, expected SHA-256 \w{64} \(images\.tgz\) or SHA-256 \w{64} \(list\.txt\)/,
  });
  assert.deepEqual(asked, []);
});

test('a file got by other means that is not there is bad usage', async (t) => {
  const folder = await temporaryFolder(t);
  const { fetched } = startFetching({ assets: [archiveAsset('http://127.0.0.1:9/')], folder, from: ['missing.tgz'] });
  await assert.rejects(fetched, { code: 'FETCH_FILE', exitCode: 2, message: /cannot read missing\.tgz: ENOENT/ });
});

test('a mirror is asked in place of the known ones, for the files by their names', async (t) => {
  const [known, mirror] = [await startServer(t, status(500)), await startArchiveServer(t)];
  for (const folderUrl of [`${mirror.url}my/lfw`, `${mirror.url}my/lfw/`]) {
    const options = { assets: [archiveAsset(known.url)], folder: await temporaryFolder(t), mirror: folderUrl };
    await startFetching(options).fetched;
  }
  assert.deepEqual(known.asked, []);
  const once = ['/my/lfw/images.tgz', '/my/lfw/list.txt'];
  assert.deepEqual(mirror.asked, [...once, ...once]);
});

for (const mirror of ['lfw', 'file:///tmp', 'ftp://a/', 'http://me:secret@a/', 'http://a/?b', '']) {
  test(`"${mirror}" is refused as a mirror`, async (t) => {
    const { fetched } = startFetching({ assets: [], folder: await temporaryFolder(t), mirror });
    await assert.rejects(fetched, { code: 'FETCH_MIRROR', exitCode: 2, message: /expected the address of a folder/ });
  });
}

test('a second run in the same folder at the same time is refused', async (t) => {
  const folder = await temporaryFolder(t);
  let second: Promise<unknown> | undefined;
  const { url } = await startServer(t, (request, response) => {
    second = assert.rejects(startFetching({ assets: [], folder }).fetched, { code: 'FOLDER_LOCKED' });
    content(CONTENT)(request, response);
  });
  await startFetching({ assets: [assetOf(fileOf(CONTENT, [url]))], folder }).fetched;
  assert.ok(second !== undefined);
  await second;
});

test('a folder that cannot be made is named', async (t) => {
  const file = join(await temporaryFolder(t), 'file');
  await writeFile(file, '');
  const { fetched } = startFetching({ assets: [], folder: join(file, 'fetched') });
  await assert.rejects(fetched, { code: 'FETCH_WRITE', exitCode: 1, message: /cannot write .*file.*ENOTDIR/ });
});

const needsFullDevice = { skip: process.platform !== 'linux' && 'there is no /dev/full' };

test('a full disk is an error that says so', needsFullDevice, async (t) => {
  const { url } = await startServer(t, (_request, response) => {
    response.writeHead(206, { 'content-range': `bytes 0-${CONTENT.length - 1}/${CONTENT.length}` }).end(CONTENT);
  });
  const folder = await temporaryFolder(t);
  const partial = join(folder, 'downloads', 'file.bin.partial');
  await mkdir(join(folder, 'downloads'));
  await symlink('/dev/full', partial);
  await writeFile(`${partial}.json`, JSON.stringify({ url, validator: null, totalBytes: null }));
  const { fetched } = startFetching({ assets: [assetOf(fileOf(CONTENT, [url]))], folder });
  await assert.rejects(fetched, { code: 'FETCH_WRITE', exitCode: 1, message: /ENOSPC/, hint: /disk is full/ });
});
