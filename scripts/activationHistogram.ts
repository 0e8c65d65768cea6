/** Levels of an 8-bit number, less one: the steps between the ends of a range. */
const STEPS = 255;
const BINS = 2048;
/** Places tried for each end of a range. */
const CANDIDATES = 128;

/** A histogram of one activation's values, between known bounds that include 0. */
export class ActivationHistogram {
  readonly #low: number;
  readonly #binWidth: number;
  readonly #counts = new Float64Array(BINS);

  constructor(low: number, high: number) {
    this.#low = Math.min(low, 0);
    this.#binWidth = (Math.max(high, 0) - this.#low) / BINS;
  }

  add(values: Float32Array): void {
    for (const value of values) {
      const bin = Math.max(0, Math.min(BINS - 1, Math.floor((value - this.#low) / this.#binWidth)));
      this.#counts[bin] = (this.#counts[bin] ?? 0) + 1;
    }
  }

  /**
   * The range whose 255 steps give the least mean squared error: a wider one rounds all values more coarsely, a
   * narrower one clips the rare large ones. It includes 0.
   */
  bestRange(): [low: number, high: number] {
    const ends = [...Array(CANDIDATES).keys()].map((i) => (i + 1) / CANDIDATES);
    const lows = (this.#low < 0 ? ends : [0]).map((part) => part * this.#low);
    const highs = ends.map((part) => part * (this.#low + BINS * this.#binWidth));
    const lowErrors = lows.map((low) => this.#clippingError((value) => low - value));
    const highErrors = highs.map((high) => this.#clippingError((value) => value - high));
    const count = this.#counts.reduce((sum, binCount) => sum + binCount, 0);
    let best: [number, number] = [this.#low, 0];
    let bestError = Number.POSITIVE_INFINITY;
    for (const [i, low] of lows.entries()) {
      for (const [j, high] of highs.entries()) {
        // Values rounded to steps of a size err by a twelfth of its square, on average.
        const rounding = (count * ((high - low) / STEPS) ** 2) / 12;
        const error = rounding + (lowErrors[i] ?? 0) + (highErrors[j] ?? 0);
        if (error >= bestError) continue;
        best = [low, high];
        bestError = error;
      }
    }
    return best;
  }

  /** The sum of squares of what is clipped: a value's `excess`, where it is positive. */
  #clippingError(excess: (value: number) => number): number {
    return this.#counts.reduce((sum, count, bin) => {
      const cut = excess(this.#low + (bin + 0.5) * this.#binWidth);
      return cut > 0 ? sum + count * cut ** 2 : sum;
    }, 0);
  }
}
