import { join } from 'node:path';
import { LoadGenError } from '../base/errors.js';
import { readJsonFile } from '../platform/node/jsonFile.js';
import { type LabelledPair, pairsSchema } from './jsonFormats.js';
import { PAIRS_JSON } from './layout.js';
import { writeJson } from './runFolder.js';

const MAX_BYTES = 1 << 28;

/**
 * Writes the pairs beside an accuracy log.
 *
 * @param pairs in the order of their sample indices
 * @throws RUN_FOLDER if they cannot be written
 */
export function writeLabelledPairs(logDir: string, pairs: readonly LabelledPair[]): void {
  writeJson(logDir, PAIRS_JSON, pairs);
}

/**
 * Reads the pairs beside an accuracy log, in the order of their sample indices.
 *
 * @throws RUN_PAIRS if the file is missing or damaged
 */
export async function readLabelledPairs(logDir: string): Promise<LabelledPair[]> {
  const file = join(logDir, PAIRS_JSON);
  const read = await readJsonFile(file, pairsSchema, MAX_BYTES);
  if ('content' in read) return read.content;
  throw new LoadGenError('RUN_PAIRS', `${file}: found ${read.fault}, expected the pairs of an accuracy run`, {
    hint: 'Name the folder of an accuracy run made with "loadgen run"; it holds the pairs in the order of its samples.',
  });
}
