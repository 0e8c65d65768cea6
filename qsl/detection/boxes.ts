/**
 * Boxes as MTCNN's published procedure has them: corner pixels, both inside the box, counted from 1. So a box's width
 * is right - left + 1, except where the procedure leaves the 1 out.
 */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface ScoredBox extends Box {
  readonly score: number;
}

/** By how much a network moves a box's left, top, right and bottom, as fractions of its width and height. */
export type BoxCorrection = readonly [left: number, top: number, right: number, bottom: number];

/**
 * Greedy non-maximum suppression: takes boxes from the highest score down and drops those that overlap a taken one by
 * more than `threshold`. Of equal scores the earlier comes first.
 *
 * @param measure whether the overlap is divided by the area of the `union` or of the smaller box (`min`)
 */
export function suppressNonMaxima<T extends ScoredBox>(
  boxes: readonly T[],
  threshold: number,
  measure: 'union' | 'min',
): T[] {
  const kept: T[] = [];
  for (const box of boxes.toSorted((a, b) => b.score - a.score)) {
    if (kept.every((other) => overlap(box, other, measure) <= threshold)) kept.push(box);
  }
  return kept;
}

/** Moves the corners of a box of this width and height. */
export function correctBox(box: Box, [left, top, right, bottom]: BoxCorrection, width: number, height: number): Box {
  return {
    left: box.left + left * width,
    top: box.top + top * height,
    right: box.right + right * width,
    bottom: box.bottom + bottom * height,
  };
}

/** Squares of whole pixels for boxes, without those that a correction has turned inside out. */
export function squareBoxes(boxes: readonly Box[]): Box[] {
  return boxes.map(squareBox).filter(({ left, top, right, bottom }) => left <= right && top <= bottom);
}

/** The square around the same centre with the longer of the box's sides, its corners cut to whole pixels. */
function squareBox({ left, top, right, bottom }: Box): Box {
  const [width, height] = [right - left, bottom - top];
  const side = Math.max(width, height);
  const squareLeft = left + width / 2 - side / 2;
  const squareTop = top + height / 2 - side / 2;
  return {
    left: Math.trunc(squareLeft),
    top: Math.trunc(squareTop),
    right: Math.trunc(squareLeft + side),
    bottom: Math.trunc(squareTop + side),
  };
}

function overlap(a: Box, b: Box, measure: 'union' | 'min'): number {
  const width = Math.min(a.right, b.right) - Math.max(a.left, b.left) + 1;
  const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) + 1;
  const shared = Math.max(0, width) * Math.max(0, height);
  return shared / (measure === 'union' ? area(a) + area(b) - shared : Math.min(area(a), area(b)));
}

function area({ left, top, right, bottom }: Box): number {
  return (right - left + 1) * (bottom - top + 1);
}
