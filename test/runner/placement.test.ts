import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { ALONE, FIRST, OWN_PROCESS } from './placement.js';

for (const file of [...ALONE, ...OWN_PROCESS, ...FIRST]) {
  test(`${file} is there, so that its mark means something`, () => {
    assert.ok(existsSync(new URL(`../${file}`, import.meta.url)));
  });
}
