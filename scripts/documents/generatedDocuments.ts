import { commandLineReference } from './commandLineReference.js';
import { errorReference } from './errorReference.js';

/** The documents that are made of the program, by their paths from the repository's root. */
export async function generatedDocuments(): Promise<Readonly<Record<string, string>>> {
  return { 'docs/command-line.md': await commandLineReference(), 'docs/errors.md': errorReference() };
}
