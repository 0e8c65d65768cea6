import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { type Digest, digestOfFile } from '../../fetch/digest.js';
import { temporaryFolder } from './fetching.js';

/** As sha256sum and git hash-object print them. */
const CASES: readonly [string, Digest['algorithm'], string][] = [
  ['', 'sha256', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
  ['hello world\n', 'sha256', 'a948904f2f0f479b8f8197694b30184b0d2ed1c1cd2a1ec0fb85d299a192a447'],
  ['', 'git-blob-sha1', 'e69de29bb2d1d6434b8b29ae775ad8c2e48c5391'],
  ['hello world\n', 'git-blob-sha1', '3b18e512dba79e4c8300dd08aeb37f8e728b8dad'],
];

for (const [text, algorithm, hex] of CASES) {
  test(`${algorithm} of ${JSON.stringify(text)}`, async (t) => {
    const path = join(await temporaryFolder(t), 'file');
    await writeFile(path, text);
    assert.deepEqual(await digestOfFile(path, algorithm), { algorithm, hex });
  });
}

test('a file that is not there is an error with its path', async (t) => {
  const path = join(await temporaryFolder(t), 'missing');
  await assert.rejects(digestOfFile(path, 'sha256'), { code: 'FETCH_FILE', message: /cannot read .*missing: ENOENT/ });
});
