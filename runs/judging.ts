import { join } from 'node:path';
import { z } from 'zod';
import { LoadGenError, messageOf } from '../base/errors.js';
import { readBoundedText } from '../platform/node/files.js';
import { JUDGING_JSON } from './layout.js';

/** What, besides the log and the pair list, a run's answers are judged by. Lies beside the accuracy log. */
export type Judging = z.infer<typeof JudgingSchema>;

const MAX_BYTES = 1 << 16;

const JudgingSchema = z.strictObject({
  version: z.literal(1),
  /** The network that answered. */
  network: z.string(),
  /** float32 values in the feature of one face: those of the image, then those of its mirror image. */
  featureValues: z.int().min(1),
  /** Of the angle: the same person if it is less. */
  threshold: z.number().min(0).max(1),
  /** Where the threshold comes from. */
  thresholdOrigin: z.string(),
});

/** Throws `REPORT_JUDGING`. */
export async function readJudging(logDir: string): Promise<Judging> {
  const path = join(logDir, JUDGING_JSON);
  try {
    const read = await readBoundedText(path, MAX_BYTES);
    if ('fault' in read) throw new Error(read.fault);
    return JudgingSchema.parse(JSON.parse(read.text));
  } catch (thrown) {
    const fault = thrown instanceof z.ZodError ? z.prettifyError(thrown) : messageOf(thrown);
    throw new LoadGenError('REPORT_JUDGING', `cannot read ${path}: ${fault}`, {
      hint: 'Name the folder of an accuracy run made with "loadgen run"; the file says what network answered.',
      cause: thrown,
    });
  }
}
