import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { formatDurationNs, formatFigure } from '../../reports/humanUnits.js';

for (const [durationNs, text] of [
  [0, '0.000 ns'],
  [812, '812.0 ns'],
  [999.96, '1.000 µs'],
  [148_356, '148.4 µs'],
  [999_960, '1.000 ms'],
  [112_461_300, '112.5 ms'],
  [79_060_000_000, '79.06 s'],
  [5_400_000_000_000, '5,400 s'],
  [Number.NaN, 'n/a'],
  [Number.POSITIVE_INFINITY, 'n/a'],
] as const) {
  test(`${durationNs} ns is ${text}`, () => assert.equal(formatDurationNs(durationNs), text));
}

for (const [figure, text] of [
  [8.892, '8.892'],
  [1_182_690, '1,183,000'],
  [0.012345, '0.01235'],
  [Number.NaN, 'n/a'],
] as const) {
  test(`${figure} is ${text}`, () => assert.equal(formatFigure(figure), text));
}

test('what is shown is the duration to four digits', () => {
  const factors: Record<string, number> = { ns: 1, µs: 1e3, ms: 1e6, s: 1e9 };
  fc.assert(
    fc.property(fc.double({ min: 1, max: 1e15, noNaN: true }), (durationNs) => {
      const [figure = '', unit = ''] = formatDurationNs(durationNs).split(' ');
      const shown = Number(figure.replaceAll(',', '')) * (factors[unit] ?? Number.NaN);
      assert.ok(Math.abs(shown - durationNs) <= 0.00051 * durationNs, `${durationNs}: ${figure} ${unit}`);
    }),
  );
});
