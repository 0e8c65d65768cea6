import { join } from 'node:path';
import { z } from 'zod';
import { LoadGenError } from '../base/errors.js';
import { readJsonFile } from '../platform/node/jsonFile.js';
import { JUDGING_JSON } from './layout.js';
import { writeJson } from './runFolder.js';

const judgingSchema = z.strictObject({
  version: z.literal(1),
  /** The network that answered. */
  network: z.string(),
  /** float32 values in the feature of one face: those of the image, then those of its mirror image. */
  featureValues: z.int().min(1),
  /** On the angle, 0 to 1: the same person if it is less. */
  threshold: z.number().min(0).max(1),
  /** Where the threshold comes from. */
  thresholdOrigin: z.string(),
});

/** What a run's answers are judged by, beyond the accuracy log and the pairs. */
export type Judging = z.infer<typeof judgingSchema>;

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
