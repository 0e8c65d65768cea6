import assert from 'node:assert/strict';
import { availableParallelism } from 'node:os';
import { responseBytesOf } from '../base/pairLayout.js';
import { IN_THREAD, type Placement } from '../sut/placement.js';
import { assertSimilar, type Rules } from './contractCase.js';
import { SAMPLE_COUNT } from './contractInputs.js';
import type { Subject } from './conversation.js';

/** Each thread measures the distance of its clocks for itself, and the LoadGen allows for this much. */
const CLOCK_DISAGREEMENT_NS = 1e6;

/** The rules about answers: one for each sample, of the right size and time, and always the same. */
export function answerRules({ talk, network, tolerance, timeoutMs }: Subject): Rules {
  /** What a system at `where` answers to each sample, asked one by one. */
  async function answersOneByOne(where?: Placement): Promise<Float32Array[]> {
    const values: Float32Array[] = [];
    await talk(
      async (conversation) => {
        for (let index = 0; index < SAMPLE_COUNT; index++) {
          const ids = conversation.issue([index]);
          await conversation.allAnswered(timeoutMs);
          values.push(...ids.map((id) => conversation.valuesOf(id)));
        }
      },
      { where },
    );
    return values;
  }

  return {
    async 'answers every sample once'() {
      const { answers, issued } = await talk(async (conversation) => {
        conversation.issue([0, 1, 2]);
        await conversation.allAnswered(timeoutMs);
      });
      const ids = answers.map(({ id }) => id).filter((id) => issued.has(id));
      assert.equal(new Set(ids).size, ids.length, 'a sample is answered more than once');
    },
    async 'answers with no ids but those issued'() {
      const { answers, issued } = await talk(async (conversation) => {
        conversation.issue([0, 1, 2]);
        await conversation.settled(timeoutMs);
      });
      const unknown = answers.map(({ id }) => id).filter((id) => !issued.has(id));
      assert.deepEqual(unknown, [], 'ids that were not issued');
    },
    async [`answers with ${responseBytesOf(network)} bytes a sample`]() {
      const { answers } = await talk(async (conversation) => {
        conversation.issue([0, 1, 2]);
        await conversation.allAnswered(timeoutMs);
      });
      for (const { id, data } of answers)
        assert.equal(data.length, responseBytesOf(network), `bytes of the answer to sample id ${id}`);
    },
    async 'gives completion times between issue and answer'() {
      const { answers } = await talk(async (conversation) => {
        for (const index of [0, 1, 2]) conversation.issue([index]);
        await conversation.allAnswered(timeoutMs);
      });
      for (const { id, completedAtNs, issuedAtNs, answeredAtNs } of answers) {
        if (completedAtNs === undefined || Number.isNaN(issuedAtNs)) continue;
        const isBetween =
          completedAtNs >= issuedAtNs - CLOCK_DISAGREEMENT_NS && completedAtNs <= answeredAtNs + CLOCK_DISAGREEMENT_NS;
        assert.ok(isBetween, `sample id ${id}: ${completedAtNs}, expected from ${issuedAtNs} to ${answeredAtNs}`);
      }
    },
    async 'gives a sample the same answer in any order and company'() {
      const expected = await answersOneByOne();
      const order = [2, 0, 1, 0];
      await talk(async (conversation) => {
        const ids = conversation.issue(order);
        await conversation.allAnswered(timeoutMs);
        for (const [i, id] of ids.entries()) {
          const index = order[i] ?? 0;
          const values = conversation.valuesOf(id);
          assertSimilar(values, expected[index] ?? values, tolerance, `sample ${index}`);
        }
      });
    },
    async 'gives a sample the same answer with any number of workers and any batch'() {
      const expected = await answersOneByOne(IN_THREAD);
      for (const where of otherPlacements()) {
        for (const [index, values] of (await answersOneByOne(where)).entries()) {
          const what = `sample ${index} with ${JSON.stringify(where)}`;
          assertSimilar(values, expected[index] ?? values, tolerance, what);
        }
      }
    },
  };
}

function otherPlacements(): Placement[] {
  const workers = Math.min(2, availableParallelism());
  return [
    { ...IN_THREAD, batch: 1 },
    { ...IN_THREAD, workers: 1, batch: 2 },
    { ...IN_THREAD, workers, spreadPairs: true },
  ];
}
