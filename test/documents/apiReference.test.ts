import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const TYPEDOC = join(ROOT, 'node_modules/typedoc/bin/typedoc');

test('the API reference has every type that can be reached from what is exported', async () => {
  // Ends with an error where one is missing.
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [TYPEDOC, '--emit', 'none'], { cwd: ROOT });
  assert.doesNotMatch(stdout + stderr, /warning/);
});
