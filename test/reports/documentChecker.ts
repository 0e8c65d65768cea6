import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { z } from 'zod';
import type { JSON_SCHEMAS } from '../../scripts/documents/generatedFiles.js';

const ROOT = new URL('../../../', import.meta.url);
const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });

/** Reads documents as a program gets them, checked by a JSON Schema in the repository with a validator that knows no zod. */
export function documentChecker<Schema extends z.ZodType>(
  file: keyof typeof JSON_SCHEMAS,
  schema: Schema,
): (text: string) => z.infer<Schema> {
  const isValid = ajv.compile(JSON.parse(readFileSync(new URL(file, ROOT), 'utf8')));
  return (text) => {
    const document: unknown = JSON.parse(text);
    assert.ok(isValid(document), ajv.errorsText(isValid.errors));
    return schema.parse(document);
  };
}
