import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { LoadGenError } from '../../../base/errors.js';
import type { Contestant, RoundRequest } from '../../../cli/duel/rounds.js';
import { measureInTurns } from '../../../cli/suts/measureInTurns.js';

const options = { signal: new AbortController().signal, onTurn: () => {} };

/** Answers each pair in this time, unless a request fails. */
function contestant(pairMs: number, { failsAt = Number.POSITIVE_INFINITY } = {}) {
  const requests: RoundRequest[] = [];
  const racer: Contestant = {
    measure: async (request) => {
      requests.push(request);
      if (requests.length > failsAt) throw new LoadGenError('SUT_FAILED', 'it has failed');
      return { latenciesNs: Array.from({ length: request.samples }, () => pairMs * 1e6) };
    },
    close: async () => {},
  };
  return { ...racer, requests };
}

test('an inference takes a quarter of a pair, whatever the times are', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.double({ min: 0.001, max: 10_000, noNaN: true }), { minLength: 1 }), async (times) => {
      const outcomes = await measureInTurns(
        times.map((pairMs) => contestant(pairMs)),
        options,
      );
      for (const [index, pairMs] of times.entries()) {
        const outcome = outcomes[index];
        assert.ok(outcome !== undefined && 'inferenceMs' in outcome);
        assert.ok(Math.abs(outcome.inferenceMs * 4 - pairMs) < 1e-9 * pairMs);
      }
    }),
    { numRuns: 20 },
  );
});

for (const [pairMs, samples] of [
  [10, [1, 20, 20, 20, 20, 20]],
  [0.01, [1, 1000, 1000, 1000, 1000, 1000]],
  [1500, [1, 1, 1, 1, 1, 1]],
  [2001, [1]],
] as const) {
  test(`a system that takes ${pairMs} ms for a pair is asked for ${samples.join(', ')} pairs`, async () => {
    const asked = contestant(pairMs);
    await measureInTurns([asked], options);
    assert.deepEqual(
      asked.requests.map((request) => request.samples),
      samples,
    );
  });
}

for (const failsAt of [0, 3]) {
  test(`a system that fails after ${failsAt} turns is not asked again, and the others go on`, async () => {
    const [good, bad] = [contestant(10), contestant(10, { failsAt })];
    const [first, second] = await measureInTurns([bad, good], options);
    assert.ok(first !== undefined && 'fault' in first);
    assert.equal(first.fault.message, 'it has failed');
    assert.deepEqual(second, { inferenceMs: 2.5 });
    assert.deepEqual([bad.requests.length, good.requests.length], [failsAt + 1, 6]);
  });
}

test('an interruption ends it with its reason', async () => {
  const interruption = new AbortController();
  const reason = new LoadGenError('INTERRUPTED', 'interrupted');
  const measuring = measureInTurns([contestant(10), contestant(10)], {
    signal: interruption.signal,
    onTurn: (share) => share > 0.5 && interruption.abort(reason),
  });
  await assert.rejects(measuring, reason);
});

test('the share that is done grows to one', async () => {
  const shares: number[] = [];
  await measureInTurns([contestant(10), contestant(3000)], { ...options, onTurn: (share) => shares.push(share) });
  assert.deepEqual(
    shares,
    shares.toSorted((a, b) => a - b),
  );
  assert.equal(shares.at(-1), 1);
});
