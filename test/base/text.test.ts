import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeJson, parseJson } from '../../base/text.js';

const nested = (depth: number) => `${'[{"a":'.repeat(depth / 2)}1${'}]'.repeat(depth / 2)}`;

for (const text of [
  nested(200),
  `["${'['.repeat(300)}"]`,
  `["\\\\", "\\"${'['.repeat(300)}\\\\", []]`,
  '[],'.repeat(300),
]) {
  test(`brackets count as JSON has them: ${text.slice(0, 20)}`, () => {
    const isJson = !text.endsWith(',');
    assert.deepEqual(parseJson(text), isJson ? JSON.parse(text) : undefined);
  });
}

for (const depth of [202, 10_000_000]) {
  test(`JSON that is ${depth} deep is refused before it is decoded`, () => {
    assert.throws(() => decodeJson(nested(depth)), { name: 'SyntaxError', message: /more than 200 deep/ });
  });
}
