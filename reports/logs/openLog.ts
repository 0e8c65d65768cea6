import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { LoadGenError, messageOf } from '../../base/errors.js';

/**
 * The text of a log, chunk by chunk. Throws `REPORT_LOG_MISSING` where there is no such file and `REPORT_LOG_READ` where
 * it cannot be read or is no regular file.
 */
export async function* readLogText(file: string, encoding: 'utf8' | 'latin1'): AsyncGenerator<string> {
  await checkIsRegularFile(file);
  const stream = createReadStream(file, { encoding, highWaterMark: 256 * 1024 });
  try {
    for await (const chunk of stream) yield String(chunk);
  } catch (error) {
    throw unreadable(file, error);
  } finally {
    stream.destroy();
  }
}

async function checkIsRegularFile(file: string): Promise<void> {
  const found = await stat(file).catch((error: unknown) => {
    throw unreadable(file, error);
  });
  if (!found.isFile()) {
    throw new LoadGenError('REPORT_LOG_READ', `${file} is not a regular file; expected a log of a finished run`);
  }
}

function unreadable(file: string, error: unknown): LoadGenError {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
    return new LoadGenError('REPORT_LOG_MISSING', `there is no log ${file}`, {
      hint: 'Name the folder that a finished run wrote its mlperf_log_* files to.',
      cause: error,
    });
  }
  return new LoadGenError('REPORT_LOG_READ', `cannot read ${file}: ${messageOf(error)}`, { cause: error });
}
