import { LoadGenError } from '../../base/errors.js';
import { pairResponseBytes } from '../../base/pairLayout.js';
import { type AccuracyLogEntry, readAccuracyLog } from '../../logs/accuracy/read.js';
import type { LogSource } from '../../logs/logSource.js';
import { pairAngle } from './pairAngle.js';

/**
 * The angle of each pair, by sample index, from an accuracy log whose features have `featureValues` values. MultiStream
 * fills up its last queries with samples that were asked before; they have to give the same again.
 *
 * @throws REPORT_SAMPLE_* unless every index from 0 to one less than `pairCount` is answered, and each the same every time
 * @throws REPORT_RESPONSE_SIZE if a response has another length than two features
 */
export async function readAngles(log: LogSource, pairCount: number, featureValues: number): Promise<Float64Array> {
  const file = log.name;
  const angles = new Float64Array(pairCount);
  const lines = new Map<number, number>();
  for await (const entry of readAccuracyLog(log)) {
    checkEntry(file, entry, pairCount, featureValues);
    const angle = pairAngle(entry.data);
    const earlierLine = lines.get(entry.sampleIndex);
    if (earlierLine !== undefined && !Object.is(angle, angles[entry.sampleIndex])) {
      throw differentAnswers(file, entry, earlierLine);
    }
    lines.set(entry.sampleIndex, entry.line);
    angles[entry.sampleIndex] = angle;
  }
  if (lines.size < pairCount) throw missingSamples(file, pairCount, lines);
  return angles;
}

function checkEntry(file: string, entry: AccuracyLogEntry, pairCount: number, featureValues: number): void {
  const place = `${file}:${entry.line}: qsl_idx ${entry.sampleIndex}`;
  if (entry.sampleIndex >= pairCount) {
    throw new LoadGenError('REPORT_SAMPLE_UNKNOWN', `${place} is unknown; expected 0 to ${pairCount - 1}`, {
      hint: 'Give the pair list that the run was made with.',
    });
  }
  const expectedBytes = pairResponseBytes(featureValues);
  if (entry.data.length !== expectedBytes) {
    throw new LoadGenError(
      'REPORT_RESPONSE_SIZE',
      `${place} was answered with ${entry.data.length} bytes; expected ${expectedBytes}, two features of ${featureValues} float32 values`,
    );
  }
}

function differentAnswers(file: string, { line, sampleIndex }: AccuracyLogEntry, earlierLine: number): LoadGenError {
  return new LoadGenError(
    'REPORT_SAMPLE_REPEATED',
    `${file}:${line}: qsl_idx ${sampleIndex} was answered differently on line ${earlierLine}`,
    { hint: 'A system under test has to give the same for a sample each time.' },
  );
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
