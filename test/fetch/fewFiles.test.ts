import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startProgram } from '../cli/loadgen.js';
import { CONTENT, temporaryFolder } from './fetching.js';
import { content, startServer } from './testServer.js';

const PROGRAM = fileURLToPath(new URL('./fetchWithFewFiles.js', import.meta.url));
/** Enough to load the modules; the program then opens all but some. */
const LIMIT = 256;
const MOST_NEEDED = 12;

test('a fetch for which too few files can be opened says so, and asks nobody twice', {
  skip: process.platform === 'win32' && 'this system limits no open files',
}, async (t) => {
  const exitCodes: (number | null)[] = [];
  for (let left = 0; left <= MOST_NEEDED; left++) {
    const folder = await temporaryFolder(t);
    const { url, asked } = await startServer(t, content(CONTENT));
    const script = ['-c', `ulimit -n ${LIMIT}; exec "$@"`, 'sh', process.execPath, PROGRAM];
    const { exitCode, stderr } = await startProgram('sh', [...script, url, folder, String(left)]).ended;
    exitCodes.push(exitCode);
    if (exitCode === 0) {
      assert.deepEqual(readFileSync(join(folder, 'thing', 'file.bin')), CONTENT);
      continue;
    }
    assert.equal(exitCode, 1);
    assert.match(stderr, /^Error (?:FETCH_WRITE|FETCH_FILE|MACHINE_LIMIT): .*(?:EMFILE|ENFILE).*\n.*\(ulimit -n\)/);
    assert.ok(asked.length <= 1);
    assert.ok(!(await readdir(folder)).includes('thing'));
  }
  assert.deepEqual([exitCodes.at(0), exitCodes.at(-1)], [1, 0]);
});
