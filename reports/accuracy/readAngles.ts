import { LoadGenError } from '../../base/errors.js';
import { type AccuracyLogEntry, readAccuracyLog } from '../logs/accuracyLog.js';
import { PAIR_RESPONSE_BYTES, pairAngle } from './pairAngle.js';

/**
 * The angle of each pair, by sample index, from an accuracy log. Every index from 0 to one less than `pairCount` must
 * be answered once: a missing, repeated or unknown one is a `REPORT_SAMPLE_*` error that names it.
 */
export async function readAngles(file: string, pairCount: number): Promise<Float64Array> {
  const angles = new Float64Array(pairCount);
  const lines = new Map<number, number>();
  for await (const entry of readAccuracyLog(file)) {
    checkEntry(file, entry, pairCount, lines.get(entry.sampleIndex));
    lines.set(entry.sampleIndex, entry.line);
    angles[entry.sampleIndex] = pairAngle(entry.data);
  }
  if (lines.size < pairCount) throw missingSamples(file, pairCount, lines);
  return angles;
}

function checkEntry(file: string, entry: AccuracyLogEntry, pairCount: number, earlierLine: number | undefined): void {
  const place = `${file}:${entry.line}: qsl_idx ${entry.sampleIndex}`;
  if (entry.sampleIndex >= pairCount) {
    throw new LoadGenError('REPORT_SAMPLE_UNKNOWN', `${place} is unknown; expected 0 to ${pairCount - 1}`, {
      hint: 'Give the pair list that the run was made with.',
    });
  }
  if (earlierLine !== undefined) {
    throw new LoadGenError('REPORT_SAMPLE_REPEATED', `${place} was answered on line ${earlierLine} already`, {
      hint: 'Accuracy needs the log of an accuracy run, which issues each sample once.',
    });
  }
  if (entry.data.length !== PAIR_RESPONSE_BYTES) {
    throw new LoadGenError(
      'REPORT_RESPONSE_SIZE',
      `${place} was answered with ${entry.data.length} bytes; expected ${PAIR_RESPONSE_BYTES}, two features of 1,024 float32 values`,
    );
  }
}

function missingSamples(file: string, pairCount: number, found: ReadonlyMap<number, unknown>): LoadGenError {
  const missing = Array.from({ length: pairCount }, (_, index) => index).filter((index) => !found.has(index));
  const named = missing.slice(0, 10).join(', ') + (missing.length > 10 ? ', …' : '');
  return new LoadGenError(
    'REPORT_SAMPLE_MISSING',
    `${file} lacks ${missing.length} of ${pairCount} samples: qsl_idx ${named}`,
    { hint: 'Accuracy needs the whole log of an accuracy run over all pairs.' },
  );
}
