import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadgen } from '../loadgen.js';

const CASES: readonly [string, readonly string[], exitCode: number, RegExp][] = [
  ['one that works', ['tfjs-tflite'], 0, /^tfjs-tflite works already\.\n$/],
  [
    'one that there is not',
    ['onxruntime'],
    2,
    /SUT_UNKNOWN: --install: found "onxruntime", .*Did you mean onnxruntime\?/,
  ],
  [
    'one in Python',
    ['python-torch'],
    1,
    /SUT_INSTALL: python-torch is made of Python packages, which npm does not have/,
  ],
  ['a plugin', ['./engine.js'], 2, /SUT_UNKNOWN: --install: found ".\/engine.js"/],
  ['one and JSON', ['litert', '--json'], 2, /^--install excludes --measure and --json/],
];

for (const [name, args, exitCode, expected] of CASES) {
  test(`suts --install of ${name}`, async () => {
    const ended = await loadgen(['suts', '--install', ...args]);
    // On a busy machine it is said on standard error what is waited for.
    assert.match(exitCode === 0 ? ended.stdout : ended.stderr, expected);
    assert.equal(ended.exitCode, exitCode);
  });
}
