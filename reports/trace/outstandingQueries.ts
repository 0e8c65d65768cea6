import { elementAt } from '../../base/arrays.js';

/** When queries were issued and answered, for how many were under way at a time. 16 bytes for each. */
export class OutstandingQueries {
  readonly #issuedNs: Float64Array;
  readonly #answeredNs: Float64Array;

  /** @param limit above the greatest number of a query; what is not used of it takes no memory */
  constructor(limit: number) {
    this.#issuedNs = new Float64Array(limit);
    this.#answeredNs = new Float64Array(limit);
  }

  /** Adds a sample of a query, which is answered when the last of them is. */
  add(query: number, issuedNs: number, answeredNs: number): void {
    // Counted from 1, as 0 stands for queries that there are not. Times are rounded: an answer is not before the issue.
    this.#issuedNs[query] = issuedNs + 1;
    this.#answeredNs[query] = Math.max(elementAt(this.#answeredNs, query), answeredNs + 1, issuedNs + 1);
  }

  /** How many were outstanding from then on, at each time that it changed. */
  *counts(): Generator<{ readonly timeNs: number; readonly count: number }> {
    const issuedNs = this.#issuedNs.filter((ns) => ns !== 0).sort();
    const answeredNs = this.#answeredNs.filter((ns) => ns !== 0).sort();
    let issued = 0;
    for (const [answered, timeNs] of answeredNs.entries()) {
      for (; issued < issuedNs.length && elementAt(issuedNs, issued) <= timeNs; issued++)
        yield { timeNs: elementAt(issuedNs, issued) - 1, count: issued + 1 - answered };
      yield { timeNs: timeNs - 1, count: issued - answered - 1 };
    }
  }
}
