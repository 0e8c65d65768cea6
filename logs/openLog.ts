import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { LoadGenError, messageOf } from '../base/errors.js';

/**
 * The text of a log, chunk by chunk. Throws `REPORT_LOG_MISSING` where there is no such file and `REPORT_LOG_READ` where
 * it cannot be read or is no regular file.
 */
export async function* readLogText(file: string, encoding: 'utf8' | 'latin1'): AsyncGenerator<string> {
  await logFileSize(file);
  const stream = createReadStream(file, { encoding, highWaterMark: 256 * 1024 });
  try {
    for await (const chunk of stream) yield String(chunk);
  } catch (error) {
    throw unreadable(file, error);
  } finally {
    stream.destroy();
  }
}

export interface LogLimits {
  readonly lineLength: number;
  readonly bytes: number;
}

/** The lines of a log, counted from 1. Throws `REPORT_LOG_TOO_LONG` for a line, or a file, longer than the limit. */
export async function* readLogLines(file: string, limits: LogLimits): AsyncGenerator<{ text: string; line: number }> {
  const size = await logFileSize(file);
  if (size > limits.bytes) throw tooLong(file, `${size} bytes; expected at most ${limits.bytes}`);
  let line = 1;
  let pending = '';
  for await (const chunk of readLogText(file, 'utf8')) {
    const [first = '', ...rest] = chunk.split('\n');
    pending += first;
    for (const next of rest) {
      yield { text: pending, line };
      line += 1;
      pending = next;
    }
    if (pending.length > limits.lineLength) {
      throw tooLong(`${file}:${line}`, `a line longer than ${limits.lineLength} characters`);
    }
  }
  yield { text: pending, line };
}

/** In bytes. Throws as `readLogText` does. */
export async function logFileSize(file: string): Promise<number> {
  const found = await stat(file).catch((error: unknown) => {
    throw unreadable(file, error);
  });
  if (!found.isFile()) {
    throw new LoadGenError('REPORT_LOG_READ', `${file} is not a regular file; expected a log of a finished run`);
  }
  return found.size;
}

function tooLong(where: string, what: string): LoadGenError {
  return new LoadGenError('REPORT_LOG_TOO_LONG', `${where}: found ${what}`);
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
