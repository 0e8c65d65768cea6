import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { openLog } from '../../../platform/node/openLog.js';
import { writeLog } from '../../reports/temporaryFolder.js';

async function all<Chunk>(chunks: AsyncIterable<Chunk>): Promise<Chunk[]> {
  const found: Chunk[] = [];
  for await (const chunk of chunks) found.push(chunk);
  return found;
}

test('a folder, and a file that is not there, are refused by name', async () => {
  const { logDir } = writeLog('other', '');
  await assert.rejects(openLog(logDir), {
    code: 'REPORT_LOG_READ',
    message: `${logDir} is not a regular file; expected a log of a finished run`,
  });
  const none = join(logDir, 'none');
  await assert.rejects(openLog(none), { code: 'REPORT_LOG_MISSING', message: `there is no log ${none}` });
});

test('text and bytes are those of the file, in any encoding, and over chunks', async () => {
  const { file } = writeLog('log', '');
  const bytes = Buffer.alloc(1_000_001, 'é');
  writeFileSync(file, bytes);
  const source = await openLog(file);
  assert.equal(source.sizeBytes, bytes.length);
  assert.equal((await all(source.text('utf8'))).join(''), bytes.toString('utf8'));
  assert.equal((await all(source.text('latin1'))).join(''), bytes.toString('latin1'));
  assert.deepEqual(Buffer.concat(await all(source.bytes())), bytes);
});
