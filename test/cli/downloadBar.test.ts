import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { rateText } from '../../cli/downloadBar.js';

const CASES: readonly [number, number, number | undefined, string][] = [
  [0, 1000, 100, ''],
  [1e6, 499, 1e6, ''],
  [1e6, 500, 0, ' | 2.0 MB/s'],
  [1e6, 1000, undefined, ' | 1.0 MB/s'],
  [12.34e6, 1000, 123.4e6, ' | 12.3 MB/s | 0:10 left'],
  [2e6, 2000, 65e6, ' | 1.0 MB/s | 1:05 left'],
  [50e3, 1000, 50e3, ' | 50.0 kB/s | 0:01 left'],
  [250e6, 1000, 1e9, ' | 250 MB/s | 0:04 left'],
  [1000, 1000, 5.9e6, ' | 1.0 kB/s | 98:20 left'],
  [1000, 1000, 7.2e6, ' | 1.0 kB/s | 2 h left'],
];

for (const [receivedBytes, elapsedMs, leftBytes, expected] of CASES) {
  test(`${receivedBytes} bytes in ${elapsedMs} ms, ${leftBytes} left: "${expected}"`, () => {
    assert.equal(rateText(receivedBytes, elapsedMs, leftBytes), expected);
  });
}

test('at most 25 characters, below 10 GB/s and for files of 250 MB', () => {
  const bytes = fc.integer({ min: 0, max: 250e6 });
  fc.assert(
    fc.property(bytes, fc.integer({ min: 0, max: 1e9 }), bytes, (receivedBytes, elapsedMs, leftBytes) => {
      const text = rateText(receivedBytes, elapsedMs, leftBytes);
      return text.length <= 25 || /\d{3,} h left$/.test(text);
    }),
  );
});
