import { LoadGenError } from '../../base/errors.js';

/** The error of a file that cannot be imported; `fault` says where what was found, and what was expected. */
export function importError(file: string, fault: string, hint?: string): LoadGenError {
  return new LoadGenError('MODEL_IMPORT', `${file}: ${fault}`, hint === undefined ? {} : { hint });
}

/** A text from a file, for a message: quoted, and not longer than a line. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
}
