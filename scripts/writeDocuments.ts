/** Writes what is made of the program: `npm run documents`, after a change of options, error codes or zod schemas. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generatedDocuments, JSON_SCHEMAS } from './documents/generatedFiles.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const FORMATTER = join(ROOT, 'node_modules/@biomejs/biome/bin/biome');

for (const [path, text] of Object.entries(await generatedDocuments())) writeFileSync(join(ROOT, path), text);
for (const [path, schema] of Object.entries(JSON_SCHEMAS)) {
  writeFileSync(join(ROOT, path), JSON.stringify(schema, undefined, 2));
}
execFileSync(process.execPath, [FORMATTER, 'format', '--write', ...Object.keys(JSON_SCHEMAS)], {
  cwd: ROOT,
  stdio: 'inherit',
});
