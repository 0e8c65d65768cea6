import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { LoadGenError, messageOf } from '../../base/errors.js';
import { DETAIL_LOG_NAME, readDetailLog } from '../../logs/detail/read.js';
import { LogValues } from '../../logs/detail/values.js';
import type { LogSource } from '../../logs/logSource.js';

const CHUNK_BYTES = 256 * 1024;

/**
 * Opens a log file for the readers in `logs/`. Nothing is held open: each reading opens the file again.
 *
 * @throws REPORT_LOG_MISSING if there is no such file
 * @throws REPORT_LOG_READ if it is no regular file or its folder cannot be read
 */
export async function openLog(file: string): Promise<LogSource> {
  const found = await stat(file).catch((thrown: unknown) => {
    throw readError(file, thrown);
  });
  if (!found.isFile()) {
    throw new LoadGenError('REPORT_LOG_READ', `${file} is not a regular file; expected a log of a finished run`);
  }
  return {
    name: file,
    sizeBytes: found.size,
    text: (encoding) => chunksOf<string>(file, encoding),
    bytes: () => chunksOf<Uint8Array>(file),
  };
}

/**
 * Opens and reads the detail log in a test's folder.
 *
 * @throws REPORT_DETAIL_LOG, REPORT_LOG_TRUNCATED and what `openLog` throws if it cannot be read
 */
export async function readLogValues(logDir: string): Promise<LogValues> {
  return new LogValues(await readDetailLog(await openLog(join(logDir, DETAIL_LOG_NAME))));
}

async function* chunksOf<Chunk>(file: string, encoding?: BufferEncoding): AsyncGenerator<Chunk> {
  const stream = createReadStream(file, { encoding, highWaterMark: CHUNK_BYTES });
  try {
    yield* stream;
  } catch (thrown) {
    throw readError(file, thrown);
  } finally {
    stream.destroy();
  }
}

function readError(file: string, thrown: unknown): LoadGenError {
  if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') {
    return new LoadGenError('REPORT_LOG_MISSING', `there is no log ${file}`, {
      hint: 'Name the folder that a finished run wrote its mlperf_log_* files to.',
      cause: thrown,
    });
  }
  return new LoadGenError('REPORT_LOG_READ', `cannot read ${file}: ${messageOf(thrown)}`, { cause: thrown });
}
