import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { test } from 'node:test';
import { JSON_SCHEMAS } from '../../scripts/jsonSchemas.js';

for (const { file, schema } of JSON_SCHEMAS) {
  test(`${basename(file)} in the repository is the one that results are checked by`, () =>
    assert.deepEqual(JSON.parse(readFileSync(file, 'utf8')), schema, 'run node dist/scripts/writeJsonSchemas.js'));
}
