import assert from 'node:assert/strict';
import type { NetworkShape, PairInputs } from '../base/pairLayout.js';
import { assertSimilar } from './assertSimilar.js';
import type { ContractCase } from './contractCase.js';
import { contractInputs, SAMPLE_COUNT } from './contractInputs.js';
import type { Conversation } from './conversation.js';

/** Makes a system for `memory`, lets `action` talk with it, and closes it. */
type Talk = (
  action: (conversation: Conversation) => Promise<void>,
  options?: { memory?: PairInputs },
) => Promise<Conversation>;

/** The rules about inputs, for systems that read them. */
export function inputCases(
  talk: Talk,
  { network, tolerance, timeoutMs }: { network: NetworkShape; tolerance: number; timeoutMs: number },
): ContractCase[] {
  return [
    {
      name: 'throws or fails at a sample that is not loaded',
      async run() {
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
    },
    {
      name: 'reads samples from where they are after they are loaded anew',
      async run() {
        const other = contractInputs(network, 7);
        let current = contractInputs(network, 1);
        const moving = {
          get shared() {
            return current.shared;
          },
          offsetOf: (index: number) => current.offsetOf(index),
        };
        const ask = async (conversation: Conversation) => {
          const [id = Number.NaN] = conversation.issue([1]);
          await conversation.allAnswered(timeoutMs);
          return conversation.valuesOf(id);
        };
        let expected = new Float32Array(0);
        const askOther = async (conversation: Conversation) => {
          expected = Float32Array.from(await ask(conversation));
        };
        await talk(askOther, { memory: other });
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
    },
    {
      name: 'leaves its inputs as they are',
      async run() {
        const memory = contractInputs(network, 1);
        const before = new Float32Array(memory.shared).slice();
        const askAll = async (conversation: Conversation) => {
          conversation.issue([0, 1, 2]);
          await conversation.settled(timeoutMs);
        };
        await talk(askAll, { memory });
        assert.deepEqual(new Float32Array(memory.shared), before);
      },
    },
  ];
}
