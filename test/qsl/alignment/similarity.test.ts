import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type AffineTransform, fitSimilarity, invert, type Point } from '../../../qsl/alignment/similarity.js';

const apply = ({ xx, xy, x0, yx, yy, y0 }: AffineTransform, { x, y }: Point): Point => ({
  x: xx * x + xy * y + x0,
  y: yx * x + yy * y + y0,
});

const residual = (transform: AffineTransform, from: readonly Point[], to: readonly Point[]): number =>
  from.reduce((sum, point, index) => {
    const { x, y } = apply(transform, point);
    const target = to[index] ?? { x: Number.NaN, y: Number.NaN };
    return sum + (x - target.x) ** 2 + (y - target.y) ** 2;
  }, 0);

/** Whole thousandths: points that differ by 1e-79 have no similarity that can be told from none. */
const coordinate = fc.integer({ min: -100_000, max: 100_000 }).map((thousandths) => thousandths / 1000);
const fivePoints = fc
  .array(fc.record({ x: coordinate, y: coordinate }), { minLength: 5, maxLength: 5 })
  .filter((points) => points.some(({ x }) => Math.abs(x - (points[0]?.x ?? 0)) > 1));
const similarity = fc
  .record({
    scale: fc.double({ min: 0.1, max: 10, noNaN: true }),
    angle: fc.double({ min: -3, max: 3, noNaN: true }),
    shift: fc.record({ x: coordinate, y: coordinate }),
    mirrored: fc.boolean(),
  })
  .map(({ scale, angle, shift, mirrored }): AffineTransform => {
    const [cosine, sine, sign] = [scale * Math.cos(angle), scale * Math.sin(angle), mirrored ? -1 : 1];
    return { xx: cosine, xy: -sine * sign, x0: shift.x, yx: sine, yy: cosine * sign, y0: shift.y };
  });

function fitOf(from: readonly Point[], to: readonly Point[]): AffineTransform {
  const transform = fitSimilarity(from, to);
  assert.ok(transform);
  return transform;
}

test('finds any similarity again, mirrored or not', () => {
  fc.assert(
    fc.property(fivePoints, similarity, (from, transform) => {
      const to = from.map((point) => apply(transform, point));
      assert.ok(residual(fitOf(from, to), from, to) < 1e-12 * (1 + residual(transform, from, from)));
    }),
  );
});

test('of a triangle and its mirror image the reflection is found', () => {
  const from = [
    { x: 0, y: 0 },
    { x: 4, y: 0 },
    { x: 0, y: 1 },
  ];
  const { xx, xy, yx, yy } = fitOf(
    from,
    from.map(({ x, y }) => ({ x: -x, y })),
  );
  assert.deepEqual([xx, xy, yx, yy].map(Math.round), [-1, 0, 0, 1]);
});

test('no similarity nearby, and none of the other handedness, fits better', () => {
  fc.assert(
    fc.property(fivePoints, fivePoints, similarity, (from, to, other) => {
      const fitted = fitOf(from, to);
      const best = residual(fitted, from, to);
      const slack = 1e-9 * (1 + best);
      assert.ok(best <= residual(other, from, to) + slack);
      for (const step of [-1e-3, 1e-3]) {
        assert.ok(best <= residual({ ...fitted, x0: fitted.x0 + step }, from, to) + slack);
        assert.ok(best <= residual({ ...fitted, y0: fitted.y0 + step }, from, to) + slack);
        const scaled = { ...fitted, xx: fitted.xx * (1 + step), xy: fitted.xy * (1 + step) };
        scaled.yx *= 1 + step;
        scaled.yy *= 1 + step;
        assert.ok(best <= residual(scaled, from, to) + slack);
      }
    }),
  );
});

test('points that coincide cannot be fitted', () => {
  const same = Array.from({ length: 5 }, () => ({ x: 3, y: 4 }));
  const different = same.map(({ x, y }, index) => ({ x: x + index, y }));
  assert.equal(fitSimilarity(same, different), undefined);
  assert.equal(fitSimilarity(different, same), undefined);
});

test('the inverse undoes a transform', () => {
  fc.assert(
    fc.property(similarity, fc.record({ x: coordinate, y: coordinate }), (transform, point) => {
      const back = apply(invert(transform), apply(transform, point));
      assert.ok(Math.hypot(back.x - point.x, back.y - point.y) < 1e-9);
    }),
  );
});
