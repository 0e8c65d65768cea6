import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { test } from 'node:test';
import { JSON_SCHEMAS } from '../../scripts/documents/generatedFiles.js';

const ROOT = new URL('../../../', import.meta.url);

for (const [path, schema] of Object.entries(JSON_SCHEMAS)) {
  test(`${basename(path)} in the repository is the one that results are checked by`, () =>
    assert.deepEqual(JSON.parse(readFileSync(new URL(path, ROOT), 'utf8')), schema, 'run npm run documents'));
}
