import { LoadGenError } from '../base/errors.js';
import { printable } from '../base/text.js';

export const DIVISIONS = ['closed', 'open'] as const;
export type Division = (typeof DIVISIONS)[number];

const PERMITTED = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;

/** What a submitter or a system may be called: it becomes the name of a folder that others unpack on their systems. */
export function isPermittedName(name: string): boolean {
  return PERMITTED.test(name) && !name.endsWith('.');
}

export const PERMITTED_NAMES = "1 to 100 letters, digits, '.', '_' and '-', a letter or digit first, no '.' at the end";

/** Throws `SUBMISSION_NAME`, naming all faulty ones. */
export function checkNames(names: Readonly<Record<string, string>>): void {
  const faulty = Object.entries(names).filter(([, name]) => !isPermittedName(name));
  if (faulty.length === 0) return;
  const found = faulty.map(([what, name]) => `${what}: found "${printable(name, 120)}", expected ${PERMITTED_NAMES}`);
  throw new LoadGenError('SUBMISSION_NAME', found.join('\n'));
}
