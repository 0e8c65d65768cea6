import assert from 'node:assert/strict';
import { assertSimilar, type Rules } from './contractCase.js';
import { contractInputs, SAMPLE_COUNT } from './contractInputs.js';
import type { Conversation, Subject } from './conversation.js';

/** The rules about inputs, for systems that read them. */
export function inputRules({ talk, network, tolerance, timeoutMs }: Subject): Rules {
  async function ask(conversation: Conversation): Promise<Float32Array> {
    const [id = Number.NaN] = conversation.issue([1]);
    await conversation.allAnswered(timeoutMs);
    return conversation.valuesOf(id);
  }

  return {
    async 'throws or fails at a sample that is not loaded'() {
      await talk(async (conversation) => {
        try {
          conversation.issue([SAMPLE_COUNT]);
        } catch {
          return;
        }
        await conversation.settled(timeoutMs);
        assert.ok(conversation.failure !== undefined, 'the sample is answered, expected an error');
      });
    },
    async 'reads samples from where they are after they are loaded again'() {
      const other = contractInputs(network, 7);
      let current = contractInputs(network, 1);
      const moving = {
        get shared() {
          return current.shared;
        },
        offsetOf: (index: number) => current.offsetOf(index),
      };
      let expected = new Float32Array(0);
      await talk(
        async (conversation) => {
          expected = Float32Array.from(await ask(conversation));
        },
        { memory: other },
      );
      await talk(
        async (conversation) => {
          const before = await ask(conversation);
          current = other;
          const after = await ask(conversation);
          assertSimilar(after, expected, tolerance, 'the answer to new inputs');
          assert.notDeepEqual(after, before, 'other inputs have the same answer');
        },
        { memory: moving },
      );
    },
    async 'leaves its inputs as they are'() {
      const memory = contractInputs(network, 1);
      const before = new Float32Array(memory.shared).slice();
      await talk(
        async (conversation) => {
          conversation.issue([0, 1, 2]);
          await conversation.settled(timeoutMs);
        },
        { memory },
      );
      assert.deepEqual(new Float32Array(memory.shared), before);
    },
  };
}
