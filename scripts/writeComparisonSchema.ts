/** Writes the JSON Schema of `loadgen compare --json` beside the zod schema it is made of, after a change of that. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { comparisonJsonSchema } from '../reports/compare/comparison.js';

const FILE = fileURLToPath(new URL('../../reports/compare/comparison.schema.json', import.meta.url));

writeFileSync(FILE, `${JSON.stringify(comparisonJsonSchema(), undefined, 2)}\n`);
