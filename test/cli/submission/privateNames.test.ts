import assert from 'node:assert/strict';
import { test } from 'node:test';
import { privateNames } from '../../../cli/submission/privateNames.js';

test('words of mlperf.conf are no private names, others are', () => {
  assert.deepEqual(privateNames(['server', 'Offline', '', 'zweistein']), ['zweistein']);
});
