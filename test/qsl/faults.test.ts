import assert from 'node:assert/strict';
import { test } from 'node:test';
import { errorFromFaults, type Fault } from '../../qsl/faults.js';

const faults = (count: number, code: Fault['code']) =>
  Array.from({ length: count }, (_, index) => ({ code, message: `fault ${index + 1}` }));

test('twenty faults are all shown', () => {
  const { code, message, hint } = errorFromFaults(faults(20, 'QSL_NO_FACE'), 'do this');
  assert.deepEqual([code, message.split('\n').length, hint], ['QSL_NO_FACE', 20, 'do this']);
});

test('of more the first twenty are shown, the rest counted', () => {
  const lines = errorFromFaults(faults(23, 'QSL_NO_FACE'), '').message.split('\n');
  assert.deepEqual([lines.length, lines[19], lines[20]], [21, 'fault 20', 'and 3 more']);
});

test('faults of several kinds have a code of their own', () => {
  assert.equal(
    errorFromFaults([...faults(1, 'QSL_NO_FACE'), ...faults(1, 'QSL_IMAGE_DECODE')], '').code,
    'QSL_BAD_INPUT',
  );
});
