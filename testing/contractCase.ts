import assert from 'node:assert/strict';
import { messageOf } from '../base/errors.js';
import { howToKeep } from './howToKeep.js';

/** One rule of a contract, as any test runner can run it: `test(name, run)`. */
export interface ContractCase {
  readonly name: string;
  /**
   * Waits for the cases that were started before, so that a runner may start several at once.
   *
   * @throws an `AssertionError` that names the rule, what was found, and how to keep it; its cause is what was thrown
   */
  run(): Promise<void>;
}

/** The cases of a contract by their names. */
export type Rules = Readonly<Record<string, () => Promise<void>>>;

/** Long enough for an inference under way, or what a system forgot to cancel, to show. */
const SETTLING_MS = 50;

let lastCase: Promise<void> = Promise.resolve();

/** Cases that run one at a time in this process, because some look at what still runs in it. */
export function contractCases(rules: Rules): ContractCase[] {
  return Object.entries(rules).map(([name, check]) => ({
    name,
    run() {
      const result = lastCase.then(check).catch((thrown: unknown) => {
        throw brokenRule(name, thrown);
      });
      lastCase = result.catch(() => {});
      return result;
    },
  }));
}

function brokenRule(name: string, thrown: unknown): assert.AssertionError {
  const message = `The rule "${name}" is broken: ${messageOf(thrown)}\n${howToKeep(name)}`.trim();
  return Object.assign(new assert.AssertionError({ message }), { cause: thrown });
}

/** Asserts that no value differs by more than `tolerance` times the largest expected magnitude; 0: the same values. */
export function assertSimilar(found: Float32Array, expected: Float32Array, tolerance: number, what: string): void {
  assert.equal(found.length, expected.length, `${what}: the number of values`);
  const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const index = found.findIndex((value, i) => !(Math.abs(value - (expected[i] ?? Number.NaN)) <= tolerance * largest));
  if (index >= 0) {
    assert.fail(
      `${what}: found ${found[index]} as value ${index}, expected ${expected[index]}, at most ${tolerance * largest} off`,
    );
  }
}

export function pause(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, SETTLING_MS);
  });
}
