import { LoadGenError } from '../base/errors.js';

const FAULTS_SHOWN = 20;

export const FAULT_CODES = [
  'QSL_IMAGE_DECODE',
  'QSL_IMAGE_MISSING',
  'QSL_IMAGE_UNREADABLE',
  'QSL_NO_FACE',
  'QSL_PAIRS_FORMAT',
] as const;

/** Something wrong with one input, as plain data: it crosses from workers and is kept in manifests. */
export interface Fault {
  readonly code: (typeof FAULT_CODES)[number];
  /** Names the file, and what was found and expected. */
  readonly message: string;
  /** That of an image, from 2 to 8, where it is not applied and no face was found. */
  readonly exifOrientation?: number | undefined;
}

/**
 * All faults of one step as one error: the first 20 are listed, the rest counted. Its code is that of the faults when
 * they share one, otherwise `QSL_BAD_INPUT`.
 */
export function errorFromFaults(faults: readonly Fault[], hint: string): LoadGenError {
  const codes = new Set(faults.map((fault) => fault.code));
  const [code] = codes;
  const lines = faults.slice(0, FAULTS_SHOWN).map((fault) => fault.message);
  if (faults.length > FAULTS_SHOWN) lines.push(`and ${faults.length - FAULTS_SHOWN} more`);
  return new LoadGenError(code !== undefined && codes.size === 1 ? code : 'QSL_BAD_INPUT', lines.join('\n'), { hint });
}
