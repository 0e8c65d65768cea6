import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdir, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { create } from 'tar';
import { type ArchiveLimits, unpackArchive } from '../../fetch/unpack.js';
import { archiveFile, gzipped, type TestEntry, tarOf } from './archives.js';
import { temporaryFolder } from './fetching.js';

const LIMITS: ArchiveLimits = { maxEntries: 4, maxUnpackedBytes: 1000 };
const FILE: TestEntry = { path: 'lfw/Ann/Ann_0001.jpg', content: 'an image' };
const GIB = 1024 ** 3;

const HOSTILE: readonly [string, Buffer, RegExp][] = [
  ['an entry above its folder', gzipped(FILE, { path: '../up', content: 'x' }), /"\.\.\/up" leads out of its folder/],
  ['an entry above it by detours', gzipped({ path: 'lfw/../../up', content: 'x' }), /leads out/],
  ['an entry that ends above it', gzipped({ path: 'lfw/..', type: 'Directory' }), /leads out/],
  ['an absolute path', gzipped({ path: '/tmp/absolute', content: 'x' }), /"\/tmp\/absolute" leads out/],
  ['a path of Windows', gzipped({ path: 'lfw\\..\\..\\up', content: 'x' }), /leads out/],
  ['a drive', gzipped({ path: 'C:up', content: 'x' }), /leads out/],
  ['a symbolic link', gzipped({ path: 'lfw', type: 'SymbolicLink', linkpath: '/tmp' }), /"lfw" is a SymbolicLink/],
  ['a hard link', gzipped(FILE, { path: 'b', type: 'Link', linkpath: FILE.path }), /"b" is a Link/],
  ['a device', gzipped({ path: 'zero', type: 'CharacterDevice', devmaj: 1, devmin: 5 }), /is a CharacterDevice/],
  ['a pipe', gzipped({ path: 'pipe', type: 'FIFO' }), /is a FIFO/],
  [
    'a file of 10 GiB, claimed',
    gzipped({ path: 'big', size: 10 * GIB }),
    /of 10737418240 bytes brings all to .* at most 1000/,
  ],
  [
    'files too large together',
    gzipped({ path: 'a', content: 'x'.repeat(600) }, { path: 'b', content: 'x'.repeat(401) }),
    /"b" of 401 bytes brings all to 1001/,
  ],
  [
    'too many entries',
    gzipped(...[1, 2, 3, 4, 5].map((name) => ({ path: `${name}` }))),
    /"5" is number 5, expected at most 4/,
  ],
  [
    'a bomb of zeros behind its end',
    gzipSync(Buffer.concat([tarOf(FILE), Buffer.alloc(100_000_000)])),
    /unpacks to more than 17384 bytes/,
  ],
  [
    'a bomb of names',
    gzipped({ path: 'name', type: 'NextFileHasLongPath', content: 'x'.repeat(2_000_000) }),
    /unpacks to more than|NextFileHasLongPath/,
  ],
  ['nothing', gzipped(), /found no file|TAR_BAD_ARCHIVE|Unrecognized/],
  ['folders only', gzipped({ path: 'lfw', type: 'Directory' }), /found no file in it/],
  ['no gzip', tarOf(FILE), /incorrect header check/],
  ['an end too early in gzip', gzipped(FILE).subarray(0, -10), /unexpected end of file/],
  ['an end too early in tar', gzipSync(tarOf(FILE).subarray(0, 515)), /Truncated input/],
  [
    'damage in a header',
    gzipSync(Buffer.concat([tarOf(FILE).subarray(0, 1024), Buffer.alloc(512, 'x'), Buffer.alloc(1024)])),
    /checksum failure/,
  ],
  [
    'a web page in it',
    gzipSync('<html>Sign in to go on</html>'.repeat(30)),
    /Unrecognized archive format|checksum failure/,
  ],
];

for (const [what, bytes, message] of HOSTILE) {
  test(`an archive with ${what} is refused before anything is written`, async (t) => {
    const folder = await temporaryFolder(t);
    const target = join(folder, 'target');
    await mkdir(target);
    await assert.rejects(unpackArchive(await archiveFile(t, bytes), target, LIMITS), {
      code: 'FETCH_ARCHIVE',
      message,
    });
    assert.deepEqual(await readdir(folder, { recursive: true }), ['target']);
  });
}

test("what tar's own packer makes is unpacked", async (t) => {
  const [source, target] = [await temporaryFolder(t), await temporaryFolder(t)];
  await unpackArchive(await archiveFile(t, gzipped(FILE)), source, LIMITS);
  const archive = join(target, 'again.tgz');
  await create({ gzip: true, file: archive, cwd: source, portable: true }, ['lfw']);
  await mkdir(join(target, 'out'));
  await unpackArchive(archive, join(target, 'out'), LIMITS);
  assert.equal(await readFile(join(target, 'out', FILE.path), 'utf8'), FILE.content);
});

test('as much as allowed is unpacked, names longer than a header has room for too', async (t) => {
  const long = `${'n'.repeat(90)}/${'m'.repeat(90)}/${'o'.repeat(90)}`;
  const entries = [
    { path: './a', content: 'x'.repeat(500) },
    { path: 'b', content: 'y'.repeat(500) },
    { path: 'c/', type: 'Directory' as const },
  ];
  const folder = await temporaryFolder(t);
  await unpackArchive(await archiveFile(t, gzipped(...entries, { path: 'd' })), folder, LIMITS);
  assert.deepEqual((await readdir(folder)).sort(), ['a', 'b', 'c', 'd']);
  await unpackArchive(
    await archiveFile(
      t,
      gzipped({ path: 'long', type: 'NextFileHasLongPath', content: `${long}\0` }, { path: 'short', content: 'z' }),
    ),
    folder,
    LIMITS,
  );
  assert.equal(await readFile(join(folder, long), 'utf8'), 'z');
});

test('modes and owners in an archive do not count', async (t) => {
  const folder = await temporaryFolder(t);
  const entries = [
    { path: 'closed', type: 'Directory' as const, mode: 0 },
    { path: 'closed/s', mode: 0o6777, uid: 12345, content: 'x' },
  ];
  await unpackArchive(await archiveFile(t, gzipped(...entries)), folder, LIMITS);
  const [closed, file] = [await stat(join(folder, 'closed')), await stat(join(folder, 'closed', 's'))];
  assert.equal(closed.mode & 0o700, 0o700);
  assert.equal(file.mode & 0o7111, 0);
  assert.equal(file.uid, process.getuid?.() ?? file.uid);
});

test('an abort ends it', async (t) => {
  const path = await archiveFile(t, gzipped(FILE));
  const reason = new Error('stop');
  await assert.rejects(unpackArchive(path, await temporaryFolder(t), LIMITS, AbortSignal.abort(reason)), reason);
});

const needsLimit = { skip: process.platform === 'win32' && 'this system limits no sizes of files' };

test('a file that the system takes only a part of is an error that names it', needsLimit, async (t) => {
  const archive = await archiveFile(
    t,
    gzipped({ path: 'lfw/a', content: 'x' }, { path: 'lfw/b', content: 'y'.repeat(600) }),
  );
  const script = `
    import { unpackArchive } from ${JSON.stringify(new URL('../../fetch/unpack.js', import.meta.url))};
    try { await unpackArchive(process.argv[1], '.', ${JSON.stringify(LIMITS)}); } catch (thrown) { console.log(String(thrown.code), thrown.message); }
  `;
  const command = [process.execPath, '--input-type=module', '--eval', script, archive];
  const { stdout, stderr } = spawnSync('sh', ['-c', 'ulimit -f 1; exec "$@"', 'sh', ...command], {
    cwd: await temporaryFolder(t),
    encoding: 'utf8',
  });
  assert.equal(stdout, 'FETCH_WRITE cannot write lfw/b: found 512 bytes in it, expected 600\n', stderr);
});
