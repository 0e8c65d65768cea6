import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatFixed, formatGeneral } from '../../logs/formatNumber.js';

// Expected values are what C++ streams print.
for (const [value, text] of [
  [0, '0'],
  [1000, '1000'],
  [0.9, '0.9'],
  [0.1 + 0.2, '0.3'],
  [9069.371, '9069.37'],
  [999999.4, '999999'],
  [999999.7, '1e+06'],
  [1e6, '1e+06'],
  [5458333.3, '5.45833e+06'],
  [100000.5, '100000'],
  [100001.5, '100002'],
  [1234565, '1.23456e+06'],
  [1234575, '1.23458e+06'],
  [0.0001, '0.0001'],
  [0.00001234567, '1.23457e-05'],
  [1e-310, '1e-310'],
  [-2.5, '-2.5'],
  [1e100, '1e+100'],
  [Number.POSITIVE_INFINITY, 'inf'],
  [Number.NEGATIVE_INFINITY, '-inf'],
  [Number.NaN, '-nan'],
] as const) {
  test(`${value} in six significant digits is ${text}`, () => assert.equal(formatGeneral(value), text));
}

for (const [value, decimals, text] of [
  [90.00000000000001, 1, '90.0'],
  [0.125, 2, '0.12'],
  [0.375, 2, '0.38'],
  [2.5, 0, '2'],
  [3.5, 0, '4'],
  [4.35, 1, '4.3'],
  [1265576.325, 2, '1265576.32'],
  [Number.POSITIVE_INFINITY, 2, 'inf'],
] as const) {
  test(`${value} with ${decimals} decimals is ${text}`, () => assert.equal(formatFixed(value, decimals), text));
}
