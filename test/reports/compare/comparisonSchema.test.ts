import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { comparisonJsonSchema } from '../../../reports/compare/comparison.js';

test('the JSON Schema in the repository is the one that results are checked by', () => {
  const file = new URL('../../../../reports/compare/comparison.schema.json', import.meta.url);
  const hint = 'run node dist/scripts/writeComparisonSchema.js';
  assert.deepEqual(JSON.parse(readFileSync(file, 'utf8')), comparisonJsonSchema(), hint);
});
