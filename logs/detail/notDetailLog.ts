import { LoadGenError } from '../../base/errors.js';
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
  [
    /^version https:\/\/git-lfs/,
    'a pointer of Git LFS in place of the log',
    'Get the file itself with "git lfs pull".',
  ],
  [/^\s*<(?:!doctype|html)/i, 'a web page in place of the log', 'Download the file itself.'],
  [/^\s*$/, 'no text', 'The run ended before it wrote a log.'],
];

/** The error for a file without a marked line. */
export function notDetailLog(file: string, firstLine: string): LoadGenError {
  const [, what, hint] = OTHER_CONTENTS.find(([pattern]) => pattern.test(firstLine.slice(0, 200))) ?? [];
  return new LoadGenError(
    'REPORT_DETAIL_LOG',
    what === undefined
      ? `${file} holds no line that starts with ${DETAIL_LOG_MARK}`
      : `${file} holds ${what}; expected lines that start with ${DETAIL_LOG_MARK}`,
    { hint: hint ?? 'The run ended before it wrote a log, or this is not a LoadGen detail log.' },
  );
}
