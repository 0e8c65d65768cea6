/** Writes the documents that are made of the program: `npm run documents`, after a change of options or error codes. */
import { writeFileSync } from 'node:fs';
import { generatedDocuments } from './documents/generatedDocuments.js';

for (const [path, text] of Object.entries(await generatedDocuments())) {
  writeFileSync(new URL(`../../${path}`, import.meta.url), text);
}
