import assert from 'node:assert/strict';

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
