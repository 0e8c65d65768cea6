import assert from 'node:assert/strict';
import type { NetworkShape, PairInputs } from '../base/pairLayout.js';
import type { QueryResponder, QuerySample } from '../loadgen/systemUnderTest.js';
import { monotonicClock } from '../platform/node/monotonicClock.js';
import type { ClosableSystemUnderTest } from '../sut/closableSystemUnderTest.js';
import type { Placement } from '../sut/placement.js';

/** Makes a system, lets `action` talk with it, and closes it. Returns what was said. */
export type Talk = (
  action: (conversation: Conversation, system: ClosableSystemUnderTest) => Promise<void> | void,
  options?: { readonly where?: Placement | undefined; readonly memory?: PairInputs },
) => Promise<Conversation>;

/** What the rules are about. */
export interface Subject {
  readonly talk: Talk;
  readonly network: NetworkShape;
  readonly tolerance: number;
  readonly offlineSamples: number;
  readonly timeoutMs: number;
}

export interface Answer {
  readonly id: number;
  readonly data: Uint8Array;
  readonly completedAtNs: number | undefined;
  readonly issuedAtNs: number;
  readonly answeredAtNs: number;
}

const FIRST_ID = 1000;

/** Issues queries to a system and keeps what it answers, right or wrong: judging is left to the cases. */
export class Conversation implements QueryResponder {
  /** All that came, also with unknown ids or a second time, in the order of coming. */
  readonly answers: Answer[] = [];
  readonly issued = new Map<number, { readonly index: number; readonly issuedAtNs: number }>();
  /** Called after each call of `querySamplesComplete`, from inside it. */
  onAnswers: () => void = () => {};
  failure: { readonly reason: unknown } | undefined;
  readonly #system: ClosableSystemUnderTest;
  readonly #answered = new Set<number>();
  #wake: () => void = () => {};

  constructor(system: ClosableSystemUnderTest) {
    this.#system = system;
  }

  /** Issues a query for these samples, by index; returns their ids. */
  issue(indices: readonly number[]): number[] {
    const issuedAtNs = monotonicClock.nowNs();
    const samples: QuerySample[] = indices.map((index, i) => ({ id: FIRST_ID + this.issued.size + i, index }));
    for (const { id, index } of samples) this.issued.set(id, { index, issuedAtNs });
    this.#system.issueQuery(samples, this);
    return samples.map(({ id }) => id);
  }

  querySamplesComplete(responses: readonly { id: number; data: Uint8Array }[], completedAtNs?: number): void {
    const answeredAtNs = monotonicClock.nowNs();
    for (const { id, data } of responses) {
      const issuedAtNs = this.issued.get(id)?.issuedAtNs ?? Number.NaN;
      this.answers.push({ id, data: data.slice(), completedAtNs, issuedAtNs, answeredAtNs });
      if (this.issued.has(id)) this.#answered.add(id);
    }
    this.onAnswers();
    this.#wake();
  }

  fail(reason: unknown): void {
    this.failure ??= { reason };
    this.#wake();
  }

  /** Waits until every issued sample is answered; throws when the system fails, or is silent for `timeoutMs`. */
  async allAnswered(timeoutMs: number): Promise<void> {
    await this.#until(() => this.#answered.size === this.issued.size || this.failure !== undefined, timeoutMs);
    if (this.failure !== undefined) throw this.failure.reason;
  }

  /** Waits until every issued sample is answered or the system has said that it failed. */
  async settled(timeoutMs: number): Promise<void> {
    await this.#until(() => this.#answered.size === this.issued.size || this.failure !== undefined, timeoutMs);
  }

  /** The first answer to a sample, as float32. */
  valuesOf(id: number): Float32Array {
    const answer = this.answers.find((one) => one.id === id);
    assert.ok(answer !== undefined, `sample id ${id} is not answered`);
    return new Float32Array(answer.data.slice(0, answer.data.length & ~3).buffer);
  }

  async #until(condition: () => boolean, timeoutMs: number): Promise<void> {
    while (!condition()) {
      let timer: NodeJS.Timeout | undefined;
      const silence = new Promise<never>((_, reject) => {
        const missing = this.issued.size - this.#answered.size;
        const message = `${missing} of ${this.issued.size} samples are not answered after ${timeoutMs} ms of silence`;
        timer = setTimeout(() => reject(new assert.AssertionError({ message })), timeoutMs);
      });
      const next = new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      try {
        await Promise.race([next, silence]);
      } finally {
        clearTimeout(timer);
      }
    }
  }
}
