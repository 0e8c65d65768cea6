import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { TestScenario } from '../../../loadgen/index.js';
import { EMPTY, runTest } from '../testRun.js';

/** The sample indices of each query. */
async function queriesOf(scenario: TestScenario, totalSampleCount: number, minQueryCount: number): Promise<number[][]> {
  const queries: number[][] = [];
  await runTest({
    settings: { scenario, minQueryCount, sampleConcatenatePermutation: true, serverTargetQps: 1000 },
    totalSampleCount,
    issueQuery: (samples, responder, clock) => {
      queries.push(samples.map(({ index }) => index));
      responder.querySamplesComplete(
        samples.map(({ id }) => ({ id, data: EMPTY })),
        clock.nowNs(),
      );
    },
  });
  return queries;
}

for (const scenario of ['SingleStream', 'Server', 'Offline'] as const) {
  test(`${scenario} asks for each sample equally often where permutations are wanted`, () =>
    fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 60 }), async (total, count) => {
        const asked = (await queriesOf(scenario, total, count)).flat();
        const times = Array.from({ length: total }, (_, sample) => asked.filter((index) => index === sample).length);
        assert.equal(new Set(times).size, 1);
        assert.ok(asked.length >= count);
      }),
      { numRuns: 30 },
    ));
}

test("MultiStream's queries start anywhere all the same, and hold samples as they follow in the set", () =>
  fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 60 }), async (total, count) => {
      const queries = await queriesOf('MultiStream', total, count);
      assert.equal(queries.length, count);
      const follows = new Map<number, number>();
      for (const query of queries) {
        for (const [position, index] of query.slice(0, -1).entries()) {
          const next = query[position + 1] ?? -1;
          assert.equal(follows.get(index) ?? next, next);
          follows.set(index, next);
        }
      }
    }),
    { numRuns: 30 },
  ));
