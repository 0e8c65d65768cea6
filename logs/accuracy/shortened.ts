import { LoadGenError } from '../../base/errors.js';
import type { LogSource } from '../logSource.js';

/** A submission holds no larger accuracy log; the submitter keeps the whole one. */
export const MAX_SHORTENED_LOG_BYTES = 10 * 1024;
/** What the official script keeps of the log's start, and of its end. */
export const KEPT_AT_EACH_END_BYTES = 4096;
/** What it writes between them. */
export const SHORTENED_LOG_GAP = '\n\n...\n\n';

/** The gap also where Windows or Git has changed the line ends. No JSON holds it. */
const GAP_WITH_ANY_LINE_ENDS = /\r?\n\r?\n\.\.\.\r?\n\r?\n/;

/** Whether only both ends of the log are there, as in a submission. */
export async function isShortenedLog(source: LogSource): Promise<boolean> {
  if (source.sizeBytes > MAX_SHORTENED_LOG_BYTES) return false;
  let text = '';
  for await (const chunk of source.text('latin1')) text += chunk;
  return GAP_WITH_ANY_LINE_ENDS.test(text);
}

/** @throws REPORT_LOG_SHORTENED if it is one of a submission */
export async function refuseShortenedLog(source: LogSource): Promise<void> {
  if (!(await isShortenedLog(source))) return;
  throw new LoadGenError(
    'REPORT_LOG_SHORTENED',
    `${source.name} is shortened for submission: it has both ends of the log and a gap between them, so that ` +
      'neither accuracy nor responses can be checked; expected the whole log',
    { hint: 'Put the whole log in its place, which the submitter keeps; accuracy.txt has its SHA-256 after "hash=".' },
  );
}
