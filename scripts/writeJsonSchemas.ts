/** Writes each JSON Schema beside the zod schema it comes from. Run it after changing a zod schema. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { JSON_SCHEMAS } from './jsonSchemas.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const FORMATTER = fileURLToPath(new URL('../../node_modules/@biomejs/biome/bin/biome', import.meta.url));

for (const { file, schema } of JSON_SCHEMAS) writeFileSync(file, JSON.stringify(schema, undefined, 2));
const files = JSON_SCHEMAS.map(({ file }) => file);
execFileSync(process.execPath, [FORMATTER, 'format', '--write', ...files], { cwd: ROOT, stdio: 'inherit' });
