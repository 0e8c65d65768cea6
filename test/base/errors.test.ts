import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EXIT_CODE, LoadGenError, messageOf } from '../../base/errors.js';

test('an error carries its code, hint, cause and exit code', () => {
  const cause = new Error('disk on fire');
  const error = new LoadGenError('LOG_WRITE', 'cannot write', {
    hint: 'free some space',
    cause,
    exitCode: EXIT_CODE.internal,
  });
  assert.deepEqual(
    [error.name, error.code, error.message, error.hint, error.cause, error.exitCode],
    ['LoadGenError', 'LOG_WRITE', 'cannot write', 'free some space', cause, 1],
  );
});

test('bad usage is the default exit code', () => {
  assert.equal(new LoadGenError('X', 'y').exitCode, 2);
});

for (const [thrown, message] of [
  [new Error('boom'), 'boom'],
  ['a string', 'a string'],
  [undefined, 'undefined'],
] as const) {
  test(`the message of ${String(thrown)}`, () => assert.equal(messageOf(thrown), message));
}
