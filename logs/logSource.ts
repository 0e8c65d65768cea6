import { LoadGenError } from '../base/errors.js';

/** The content of a log, wherever it is kept. `platform/node/openLog.ts` opens files. */
export interface LogSource {
  /** What messages call it, such as the file's path. */
  readonly name: string;
  readonly sizeBytes: number;
  /**
   * The content as text, chunk by chunk. `latin1` makes a character of each byte.
   *
   * @throws REPORT_LOG_READ if it cannot be read to its end
   */
  text(encoding: 'utf8' | 'latin1'): AsyncIterable<string>;
  /** As `text`, undecoded. */
  bytes(): AsyncIterable<Uint8Array>;
}

export interface LogLimits {
  /** Characters. */
  readonly lineLength: number;
  readonly bytes: number;
}

/** Lines that follow each other in a log. */
export interface LineBatch {
  /** The number of the first one, counted from 1. */
  readonly firstLine: number;
  readonly lines: readonly string[];
}

/**
 * Yields the lines of a log with their numbers, counted from 1.
 *
 * @throws REPORT_LOG_TOO_LONG if the log or one of its lines is longer than the limit
 */
export async function* readLogLines(
  source: LogSource,
  limits: LogLimits,
): AsyncGenerator<{ readonly text: string; readonly line: number }> {
  for await (const { firstLine, lines } of readLineBatches(source, limits)) {
    for (const [index, text] of lines.entries()) yield { text, line: firstLine + index };
  }
}

/** As `readLogLines`, many lines at a time: quicker where a log has millions. */
export async function* readLineBatches(source: LogSource, limits: LogLimits): AsyncGenerator<LineBatch> {
  const { name, sizeBytes } = source;
  if (sizeBytes > limits.bytes) throw tooLong(name, `${sizeBytes} bytes, expected at most ${limits.bytes}`);
  let firstLine = 1;
  let pending = '';
  for await (const chunk of source.text('utf8')) {
    const lines = chunk.split('\n');
    lines[0] = pending + lines[0];
    pending = lines.pop() ?? '';
    yield { firstLine, lines };
    firstLine += lines.length;
    if (pending.length > limits.lineLength) {
      throw tooLong(`${name}:${firstLine}`, `a line longer than ${limits.lineLength} characters`);
    }
  }
  yield { firstLine, lines: [pending] };
}

function tooLong(where: string, what: string): LoadGenError {
  return new LoadGenError('REPORT_LOG_TOO_LONG', `${where}: found ${what}`);
}
