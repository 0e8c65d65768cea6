import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { LoadGenError, messageOf } from '../base/errors.js';
import type { LabelledPair } from './labelledPair.js';
import { PAIRS_JSON } from './layout.js';

const MAX_BYTES = 1 << 28;

const labelledPairs = z.array(z.object({ same: z.boolean(), set: z.number(), nameA: z.string(), nameB: z.string() }));

/** `pairs.json` beside an accuracy log: the pairs in the order of their sample indices. */
export async function readLabelledPairs(logDir: string): Promise<LabelledPair[]> {
  const path = join(logDir, PAIRS_JSON);
  try {
    const found = await stat(path);
    if (!found.isFile()) throw new Error('it is not a regular file');
    if (found.size > MAX_BYTES) throw new Error(`found ${found.size} bytes, expected at most ${MAX_BYTES}`);
    return labelledPairs.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (thrown) {
    const fault = thrown instanceof z.ZodError ? z.prettifyError(thrown) : messageOf(thrown);
    throw new LoadGenError('CLI_PAIRS', `cannot read the pair list ${path}: ${fault}`, {
      hint: 'Name the folder of an accuracy run made with "loadgen run"; it holds the pairs in the order of its samples.',
      cause: thrown,
    });
  }
}
