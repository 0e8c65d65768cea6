import { comparisonJsonSchema } from '../../reports/compare/comparison.js';
import { groupComparisonJsonSchema } from '../../reports/compare/groups/groupComparison.js';
import { duelJsonSchema } from '../../reports/duel/duelResult.js';
import { runResultJsonSchema } from '../../reports/result/runResult.js';
import { resultsJsonSchema } from '../../reports/results/results.js';
import { commandLineReference } from './commandLineReference.js';
import { errorReference } from './errorReference.js';

/** The documents that are made of the program, by their paths from the repository's root. */
export async function generatedDocuments(): Promise<Readonly<Record<string, string>>> {
  return { 'docs/command-line.md': await commandLineReference(), 'docs/errors.md': errorReference() };
}

/** The JSON Schemas that are made of zod schemas, by their paths from the repository's root. */
export const JSON_SCHEMAS = {
  'reports/compare/comparison.schema.json': comparisonJsonSchema(),
  'reports/compare/groups/groups.schema.json': groupComparisonJsonSchema(),
  'reports/duel/duel.schema.json': duelJsonSchema(),
  'reports/result/result.schema.json': runResultJsonSchema(),
  'reports/results/results.schema.json': resultsJsonSchema(),
} as const;
