import { fileURLToPath } from 'node:url';
import { comparisonJsonSchema } from '../reports/compare/comparison.js';
import { runResultJsonSchema } from '../reports/result/runResult.js';

/** The JSON Schemas in the repository, each with the content it must have. */
export const JSON_SCHEMAS = [
  { file: inRepository('reports/compare/comparison.schema.json'), schema: comparisonJsonSchema() },
  { file: inRepository('reports/result/result.schema.json'), schema: runResultJsonSchema() },
] as const;

function inRepository(path: string): string {
  return fileURLToPath(new URL(`../../${path}`, import.meta.url));
}
