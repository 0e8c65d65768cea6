import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ERROR_CODES } from '../../base/errorCodes.js';
import { ERROR_REMEDIES } from '../../scripts/documents/errorRemedies.js';
import { generatedDocuments } from '../../scripts/documents/generatedFiles.js';
import { readDocument } from './markdown.js';

for (const [path, expected] of Object.entries(await generatedDocuments())) {
  test(`${path} is up to date: after a change, npm run documents`, () => {
    assert.equal(readDocument(path), expected);
  });
}

test('the error reference says of each code what to do', () => {
  assert.deepEqual(Object.keys(ERROR_REMEDIES).sort(), Object.keys(ERROR_CODES).sort());
});

test('the error reference holds each code once', () => {
  const rows = [...readDocument('docs/errors.md').matchAll(/^\| `(\w+)` /gm)].map(([, code]) => code);
  assert.deepEqual(rows.sort(), Object.keys(ERROR_CODES).sort());
});
