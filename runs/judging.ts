import { join } from 'node:path';
import { LoadGenError } from '../base/errors.js';
import { readJsonFile } from '../platform/node/jsonFile.js';
import { type Judging, judgingSchema } from './jsonFormats.js';
import { JUDGING_JSON } from './layout.js';
import { writeJson } from './runFolder.js';

/**
 * Writes it beside the accuracy log.
 *
 * @throws RUN_FOLDER if it cannot be written
 */
export function writeJudging(logDir: string, judging: Judging): void {
  writeJson(logDir, JUDGING_JSON, judging);
}

/** @throws REPORT_JUDGING if the file beside the accuracy log is missing or damaged */
export async function readJudging(logDir: string): Promise<Judging> {
  const file = join(logDir, JUDGING_JSON);
  const read = await readJsonFile(file, judgingSchema);
  if ('content' in read) return read.content;
  throw new LoadGenError('REPORT_JUDGING', `${file}: found ${read.fault}, expected the network and its threshold`, {
    hint: 'Name the folder of an accuracy run made with "loadgen run"; the file says what network answered.',
  });
}
