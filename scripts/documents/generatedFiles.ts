import { z } from 'zod';
import { comparisonSchema } from '../../reports/compare/comparison.js';
import { groupComparisonSchema } from '../../reports/compare/groups/groupComparison.js';
import { duelResultSchema } from '../../reports/duel/duelResult.js';
import { runResultSchema } from '../../reports/result/runResult.js';
import { resultsSchema } from '../../reports/results/results.js';
import { commandLineReference } from './commandLineReference.js';
import { errorReference } from './errorReference.js';

/** The documents that are made of the program, by their paths from the repository's root. */
export async function generatedDocuments(): Promise<Readonly<Record<string, string>>> {
  return { 'docs/command-line.md': await commandLineReference(), 'docs/errors.md': errorReference() };
}

/** The JSON Schemas that are made of zod schemas, for readers in other languages: by their paths from the repository's root. */
export const JSON_SCHEMAS = {
  'reports/compare/comparison.schema.json': z.toJSONSchema(comparisonSchema),
  'reports/compare/groups/groups.schema.json': z.toJSONSchema(groupComparisonSchema),
  'reports/duel/duel.schema.json': z.toJSONSchema(duelResultSchema),
  'reports/result/result.schema.json': z.toJSONSchema(runResultSchema),
  'reports/results/results.schema.json': z.toJSONSchema(resultsSchema),
} as const;
