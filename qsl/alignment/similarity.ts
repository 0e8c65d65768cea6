import { elementAt } from '../../base/arrays.js';

/** A point of an image in pixels: (0, 0) is the centre of the top left pixel. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Takes (x, y) to (xx x + xy y + x0, yx x + yy y + y0). */
export interface AffineTransform {
  readonly xx: number;
  readonly xy: number;
  readonly x0: number;
  readonly yx: number;
  readonly yy: number;
  readonly y0: number;
}

/**
 * The rotation, scaling, shift and, where that fits better, reflection that takes the points `from` to the points `to`
 * with the least sum of squared distances: in closed form, from the points' centroids and second moments.
 *
 * @returns undefined if the points `from` all coincide, or nothing but their collapse into one point fits
 */
export function fitSimilarity(from: readonly Point[], to: readonly Point[]): AffineTransform | undefined {
  const [a, b] = [centroid(from), centroid(to)];
  let spread = 0;
  let [dot, cross, mirroredDot, mirroredCross] = [0, 0, 0, 0];
  for (const [index, point] of from.entries()) {
    const target = elementAt(to, index);
    const [px, py] = [point.x - a.x, point.y - a.y];
    const [qx, qy] = [target.x - b.x, target.y - b.y];
    spread += px * px + py * py;
    dot += px * qx + py * qy;
    cross += px * qy - py * qx;
    mirroredDot += px * qx - py * qy;
    mirroredCross += px * qy + py * qx;
  }
  // The residual of a fit is the spread of `to` less (dot^2 + cross^2) / spread: the larger sum is the better fit.
  const mirrored = mirroredDot ** 2 + mirroredCross ** 2 > dot ** 2 + cross ** 2;
  const cosine = (mirrored ? mirroredDot : dot) / spread;
  const sine = (mirrored ? mirroredCross : cross) / spread;
  if (!(cosine ** 2 + sine ** 2 > 0)) return undefined;
  const sign = mirrored ? -1 : 1;
  const [xx, xy, yx, yy] = [cosine, -sine * sign, sine, cosine * sign];
  return { xx, xy, x0: b.x - xx * a.x - xy * a.y, yx, yy, y0: b.y - yx * a.x - yy * a.y };
}

/** The transform that undoes `transform`, which must not collapse the plane. */
export function invert({ xx, xy, x0, yx, yy, y0 }: AffineTransform): AffineTransform {
  const determinant = xx * yy - xy * yx;
  const inverse = { xx: yy / determinant, xy: -xy / determinant, yx: -yx / determinant, yy: xx / determinant };
  return { ...inverse, x0: -inverse.xx * x0 - inverse.xy * y0, y0: -inverse.yx * x0 - inverse.yy * y0 };
}

export function applyTransform({ xx, xy, x0, yx, yy, y0 }: AffineTransform, { x, y }: Point): Point {
  return { x: xx * x + xy * y + x0, y: yx * x + yy * y + y0 };
}

function centroid(points: readonly Point[]): Point {
  let [x, y] = [0, 0];
  for (const point of points) {
    x += point.x / points.length;
    y += point.y / points.length;
  }
  return { x, y };
}
