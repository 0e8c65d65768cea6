import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { type RunResult, runResultSchema } from '../../../reports/result/runResult.js';

const FILE = new URL('../../../../reports/result/result.schema.json', import.meta.url);
const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });
const isValid = ajv.compile(JSON.parse(readFileSync(FILE, 'utf8')));

/** A document as a program gets it, checked by the JSON Schema in the repository with a validator that knows no zod. */
export function checkedResult(text: string): RunResult {
  const document: unknown = JSON.parse(text);
  assert.ok(isValid(document), ajv.errorsText(isValid.errors));
  return runResultSchema.parse(document);
}
