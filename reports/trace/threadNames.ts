/** What a thread is named after, by the phases it traces: the first of these that it has. */
const DUTIES: readonly (readonly [name: string, phases: ReadonlySet<string>])[] = [
  ['issues queries', new Set(['IssueQuery', 'GenerateQueries', 'LoadSamplesToRam', 'AccuracyOnly', 'PerformanceOnly'])],
  ['writes logs', new Set(['IOThreadLoop'])],
  ['answers queries', new Set(['QuerySamplesComplete'])],
];

/** Four times as many as the official LoadGen traces. */
const MAX_THREADS = 4096;

/** Numbers for threads, in the order in which they appear: some systems' ids are longer than viewers read. */
export class ThreadNames {
  readonly #threads = new Map<number, { readonly number: number; duty: number }>();
  readonly #first: number;

  constructor(first: number) {
    this.#first = first;
  }

  /** The number of a thread that has this phase; undefined where there are too many threads to be of a LoadGen. */
  numberOf(id: number, phase: string): number | undefined {
    const duty = DUTIES.findIndex(([, phases]) => phases.has(phase));
    const rank = duty === -1 ? DUTIES.length : duty;
    const known = this.#threads.get(id);
    if (known !== undefined) {
      known.duty = Math.min(known.duty, rank);
      return known.number;
    }
    if (this.#threads.size === MAX_THREADS) return undefined;
    const number = this.#first + this.#threads.size;
    this.#threads.set(id, { number, duty: rank });
    return number;
  }

  /** With the id that the system gave, for tools that know threads by that. */
  *names(): Generator<{ readonly number: number; readonly name: string }> {
    for (const [id, { number, duty }] of this.#threads)
      yield { number, name: `${DUTIES[duty]?.[0] ?? 'other'} (thread ${id})` };
  }
}
