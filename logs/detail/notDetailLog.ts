import { LoadGenError } from '../../base/errors.js';
import { FOREIGN_CONTENT_BYTES, foreignTextOf } from '../../base/foreignContent.js';
import { DETAIL_LOG_MARK } from './write.js';

/** What else lies under a detail log's name, by its first line. */
const OTHER_CONTENTS: readonly (readonly [firstLine: RegExp, what: string, hint: string])[] = [
  [
    /^"pid": \d+, "tid": \d+, "ts": /,
    'the text log of a LoadGen before 1.0, which is not read',
    'The summary beside it states the figures.',
  ],
  [
    /^:::ENDPTS/,
    'a log of MLPerf Endpoints (:::ENDPTS), which is not read',
    'Endpoints has other figures than the LoadGen: read it with its own tools.',
  ],
  [/^\s*$/, 'no text', 'The run ended before it wrote a log.'],
];

/** The error for a file without a marked line. */
export function notDetailLog(file: string, firstLine: string): LoadGenError {
  const start = firstLine.slice(0, FOREIGN_CONTENT_BYTES);
  const foreign = foreignTextOf(start);
  const [, what, hint] =
    foreign === undefined
      ? (OTHER_CONTENTS.find(([pattern]) => pattern.test(start)) ?? [])
      : [undefined, `${foreign.name} in place of the log`, foreign.hint];
  return new LoadGenError(
    'REPORT_DETAIL_LOG',
    what === undefined
      ? `${file} holds no line that starts with ${DETAIL_LOG_MARK}`
      : `${file} holds ${what}; expected lines that start with ${DETAIL_LOG_MARK}`,
    { hint: hint ?? 'The run ended before it wrote a log, or this is not a LoadGen detail log.' },
  );
}
