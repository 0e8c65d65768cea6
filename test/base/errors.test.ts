import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ERROR_CODES } from '../../base/errorCodes.js';
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

for (const [code, exitCode] of [
  ['LOG_WRITE', 1],
  ['QSL_STORE', 1],
  ['CONFIG_UNWRITABLE', 1],
  ['CONFIG_INVALID', 2],
  ['INTERRUPTED', 3],
] as const) {
  test(`${code} ends a command with ${exitCode}`, () => assert.equal(new LoadGenError(code, 'y').exitCode, exitCode));
}

test('every code of a failed write ends a command with 1', () => {
  const writes = Object.entries(ERROR_CODES).filter(([code]) => /WRITE|UNWRITABLE|_STORE$|RUN_FOLDER/.test(code));
  const wrong = writes.filter(([code, { exitCode }]) => exitCode !== 1 && code !== 'REPORT_RUN_FOLDER');
  assert.ok(writes.length > 8);
  assert.deepEqual(wrong, []);
});

for (const [thrown, message] of [
  [new Error('boom'), 'boom'],
  ['a string', 'a string'],
  [undefined, 'undefined'],
] as const) {
  test(`the message of ${String(thrown)}`, () => assert.equal(messageOf(thrown), message));
}

test('a message of any length is cut', () => {
  const { message } = new LoadGenError('CONFIG_INVALID', 'x'.repeat(1e6));
  assert.match(message, /^x{20000}… \(cut after 20000 of 1000000 characters\)$/);
});
