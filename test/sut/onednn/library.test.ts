import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkedVersion, loadOneDnn } from '../../../sut/onednn/library.js';

test('a library that is not installed is named, with how to get it', async () => {
  await assert.rejects(loadOneDnn(['libdnnl-of-nobody.so.2']), (error: Error & { hint?: string; code?: string }) => {
    assert.equal(error.code, 'SUT_NOT_INSTALLED');
    assert.match(error.message, /libdnnl-of-nobody\.so\.2/);
    assert.match(error.hint ?? '', /apt-get install libdnnl2/);
    return true;
  });
});

test('a library of another version is named, with the expected one', () => {
  assert.equal(checkedVersion([2, 7, 0]), '2.7.0');
  for (const numbers of [
    [3, 1, 1],
    [1, 8, 0],
  ]) {
    assert.throws(() => checkedVersion(numbers), {
      code: 'SUT_NOT_INSTALLED',
      message: new RegExp(`found oneDNN ${numbers.join('.')}, expected version 2`),
    });
  }
});
