import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { hasModules, PYTHON } from './testPython.js';

const root = fileURLToPath(new URL('../../../../', import.meta.url));

const checks: readonly (readonly [kind: string, module: string, argumentsOf: readonly string[]])[] = [
  ['tests', 'pytest', ['-q', '-p', 'no:cacheprovider', 'test/sut/programs/python']],
  ['types', 'mypy', ['--strict', '--cache-dir', '/dev/null', '--ignore-missing-imports', 'sut/programs/python']],
];
for (const [kind, module, given] of checks) {
  const skip = !hasModules('numpy', module) && `there is no Python with NumPy and ${module}`;
  test(`the ${kind} of the Python side pass`, { skip }, () => {
    const { status, stdout, stderr } = spawnSync(PYTHON, ['-m', module, ...given], { cwd: root, encoding: 'utf8' });
    assert.equal(status, 0, stdout + stderr);
  });
}
